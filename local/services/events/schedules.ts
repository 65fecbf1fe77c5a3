import {randomUUID} from 'node:crypto'
import {ruleSchedule} from '../../../shared/schedules/expression'
import type {EventEnvelope} from '../../runtime/core/types'
import type {EventsDeps} from './deps'
import type {Rule} from './model'
import type {Registry} from './registry'
import type {Router} from './router'
import {ruleKey} from './wired'

export interface Schedules {
  start: () => void
  stop: () => void
  /** A rule has been put, switched or deleted. */
  changed: (rule: Pick<Rule, 'EventBusName' | 'Name'>) => void
}

interface Parts {
  readonly deps: EventsDeps
  readonly registry: Registry
  readonly router: Router
}

/** What the targets of a scheduled rule get: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
const scheduledEvent = ({deps, registry: {place}}: Parts, rule: Rule, at: number): EventEnvelope => ({
  version: '0', id: (deps.newId ?? randomUUID)(), 'detail-type': 'Scheduled Event', source: 'aws.events', account: place.account,
  time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'), region: place.region, resources: [rule.Arn], detail: {}
})

/** Runs the schedules of enabled rules. A tick that a stopped runtime missed is not made up for: the next one comes. */
export const createSchedules = (parts: Parts): Schedules => {
  const {deps: {clock}, registry, router} = parts
  const timers = new Map<string, () => void>()
  let started: number | undefined

  const arm = (key: string): void => {
    timers.get(key)?.()
    timers.delete(key)
    const rule = registry.rules.get(key)
    if (rule?.ScheduleExpression === undefined || rule.State === 'DISABLED' || started === undefined) {
      return
    }
    const next = ruleSchedule(rule.ScheduleExpression, rule.ScheduledFrom ?? started)
    if (next === undefined) {
      process.emitWarning(`Expected the schedule of rule ${rule.Name} to be rate(…) or cron(…) as EventBridge takes them; got '${rule.ScheduleExpression}'. It never fires.`)
      return
    }
    const at = next(clock.now())
    if (Number.isFinite(at)) {
      timers.set(key, clock.at(at, () => tick(key, at), 'housekeeping'))
    }
  }

  const tick = (key: string, at: number): Promise<void> => {
    const rule = registry.rules.get(key)!
    const fired = router.fire(rule, scheduledEvent(parts, rule, at))
    arm(key)
    return fired
  }

  return {
    start: () => {
      started = clock.now()
      registry.rules.all().forEach(({EventBusName, Name}) => arm(ruleKey(EventBusName, Name)))
    },
    stop: () => {
      started = undefined
      timers.forEach((cancel) => cancel())
      timers.clear()
    },
    changed: ({EventBusName, Name}) => arm(ruleKey(EventBusName, Name))
  }
}
