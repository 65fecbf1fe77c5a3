import {randomUUID} from 'node:crypto'
import type {Clock, Deliver} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'
import {text} from '../../../shared/wiring/values'
import type {WiredResource, Wiring} from '../../../shared/wiring/wiring'
import {nextTime} from './expression'

export interface SchedulerDeps {
  readonly clock: Clock
  readonly wiring: Wiring
  readonly place: Place
  readonly deliver: Deliver
}

/** What a target gets of a schedule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
const scheduledEvent = (ruleArn: string, at: number, {account, region}: Place): string => JSON.stringify({
  version: '0', id: randomUUID(), 'detail-type': 'Scheduled Event', source: 'aws.events', account,
  time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'), region, resources: [ruleArn], detail: {}
})

const isRunning = ({values}: WiredResource): boolean => text(values, 'schedule_expression') !== '' && text(values, 'state') === 'ENABLED'

const listTargets = (wiring: Wiring, rule: WiredResource): WiredResource[] => wiring.ofType('aws_cloudwatch_event_target')
  .filter(({values}) => text(values, 'rule') === text(rule.values, 'name') && text(values, 'event_bus_name') === text(rule.values, 'event_bus_name'))

/** Runs the schedules that the wiring has enabled. A tick that a stopped runtime missed is not made up for: the next one comes. */
export const startScheduler = (deps: SchedulerDeps): {stop: () => void} => {
  const {clock, wiring, place, deliver} = deps
  const timers = new Map<WiredResource, () => void>()

  const tick = (rule: WiredResource, at: number): void => {
    const arn = text(rule.values, 'arn')
    for (const {values} of listTargets(wiring, rule)) {
      deliver({arn: text(values, 'arn'), roleArn: text(values, 'role_arn')}, text(values, 'input') || scheduledEvent(arn, at, place))
        .catch((error: Error) => process.emitWarning(error))
    }
  }

  const schedule = (rule: WiredResource): void => {
    const at = nextTime(text(rule.values, 'schedule_expression'), clock.now())
    timers.set(rule, clock.at(at, () => {
      tick(rule, at)
      schedule(rule)
    }, 'housekeeping'))
  }

  wiring.ofType('aws_cloudwatch_event_rule').filter(isRunning).forEach(schedule)
  return {stop: () => timers.forEach((cancel) => cancel())}
}
