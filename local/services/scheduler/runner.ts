import {randomUUID} from 'node:crypto'
import {isObject} from '../../../shared/json'
import {schedulerSchedule} from '../../../shared/schedules/expression'
import {ServiceError} from '../../runtime/core/errors'
import type {EventEnvelope} from '../../runtime/core/types'
import {createDeliveries, type Deliveries, type Forward} from '../events/deliveries'
import type {Delivery} from '../events/deliveries-table'
import type {Passage} from '../events/input'
import type {SchedulerDeps} from './deps'
import type {Schedule} from './model'
import {type Registry, scheduleKey} from './registry'

export interface Runner {
  start: () => void
  stop: () => void
  /** A schedule has been put or deleted. */
  changed: (group: string, name: string) => void
}

const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const withContext = (input: string, {Arn}: Schedule, at: number, id: string): string => input
  .replaceAll('<aws.scheduler.schedule-arn>', Arn).replaceAll('<aws.scheduler.scheduled-time>', seconds(at)).replaceAll('<aws.scheduler.execution-id>', id)

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}

/** What a target gets that was given no input; for a bus, the event that it gets. */
const eventOf = ({place}: Registry, {Arn, Target: {Input = '{}', EventBridgeParameters}}: Schedule, at: number, id: string): EventEnvelope => ({
  version: '0', id, account: place.account, region: place.region, time: seconds(at), resources: [Arn], detail: EventBridgeParameters === undefined ? {} : parsed(Input),
  'detail-type': EventBridgeParameters?.DetailType ?? 'Scheduled Event', source: EventBridgeParameters?.Source ?? 'aws.scheduler'
})

const passageOf = (registry: Registry, schedule: Schedule, at: number, id: string): Passage => {
  const {Input, ...target} = schedule.Target
  const event = eventOf(registry, schedule, at, id)
  return {
    event, ruleArn: schedule.Arn, ruleName: schedule.Name, ingested: at,
    // The detail of a schedule's own event is a text.
    target: {Id: schedule.Name, ...target, Input: Input === undefined ? JSON.stringify({...event, detail: '{}'}) : withContext(Input, schedule, at, id)}
  }
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
const letter = ({event, target, ingested}: Delivery, {RULE_ARN, ...attributes}: Readonly<Record<string, string>>) => ({
  body: target.Input ?? '{}',
  attributes: {...attributes, SCHEDULE_ARN: RULE_ARN ?? '', SCHEDULED_TIME: seconds(ingested), EXECUTION_ID: event.id, IS_PAYLOAD_TRUNCATED: 'false'}
})

const forwardTo = ({putEvents}: SchedulerDeps): Forward => (bus, {event, target}) => {
  const {Entries: [entry]} = putEvents([{EventBusName: bus, Source: event.source, DetailType: event['detail-type'], Detail: target.Input ?? '{}', Resources: event.resources}])
  if (entry?.ErrorCode !== undefined) {
    throw new ServiceError(entry.ErrorCode, entry.ErrorMessage ?? '')
  }
}

const isOnce = ({ScheduleExpression}: Schedule): boolean => ScheduleExpression.startsWith('at(')

/** When a schedule comes next; infinity if it is over. StartDate and EndDate bound those that recur. */
const nextOf = (schedule: Schedule, after: number): number => {
  const [first, end] = isOnce(schedule) ? [0, Infinity] : [(schedule.StartDate ?? 0) * 1000, (schedule.EndDate ?? Infinity) * 1000]
  const next = schedulerSchedule(schedule.ScheduleExpression, schedule.ScheduleExpressionTimezone, Math.max(schedule.from, first))!
  const at = next(Math.max(after, first - 1))
  return at > end ? Infinity : at
}

interface Work {
  readonly deps: SchedulerDeps
  readonly registry: Registry
  readonly deliveries: Deliveries
  readonly timers: Map<string, () => void>
  running: boolean
}

const cancel = ({timers}: Work, key: string): void => {
  timers.get(key)?.()
  timers.delete(key)
}

const arm = (work: Work, key: string, after: number): void => {
  cancel(work, key)
  const {deps: {clock, random}, registry, running} = work
  const schedule = registry.schedules.get(key)
  if (!running || schedule?.State !== 'ENABLED') {
    return
  }
  const at = nextOf(schedule, after)
  if (Number.isFinite(at)) {
    const wait = Math.floor(random() * (schedule.FlexibleTimeWindow.MaximumWindowInMinutes ?? 0) * 60_000)
    // Virtual time waits for what comes once; what recurs never ends.
    work.timers.set(key, clock.at(at + wait, () => fire(work, key, at), isOnce(schedule) ? 'work' : 'housekeeping'))
  } else if (schedule.ActionAfterCompletion === 'DELETE' && schedule.last !== undefined) {
    registry.schedules.delete(key)
  }
}

const fire = (work: Work, key: string, at: number): Promise<void> => {
  const {deps: {newId = randomUUID}, registry, deliveries} = work
  const schedule = {...registry.schedules.get(key)!, last: at}
  registry.schedules.put(key, schedule)
  const delivery = deliveries.add(passageOf(registry, schedule, at, newId()), false)
  arm(work, key, at)
  return deliveries.begin(delivery)
}

/** A one-time schedule that a stopped runtime missed comes late; of one that recurs the next time comes. */
const resume = (work: Work): void => {
  for (const schedule of work.registry.schedules.all()) {
    arm(work, scheduleKey(schedule.GroupName, schedule.Name), isOnce(schedule) ? schedule.last ?? schedule.from : work.deps.clock.now())
  }
}

/** Calls the targets of schedules at their times: durable, retried as each target's policy says, then sent to its dead-letter queue. */
export const createRunner = (deps: SchedulerDeps, registry: Registry): Runner => {
  const byRole: SchedulerDeps = {...deps, deliver: (target, payload) => deps.deliver({...target, isByRole: true}, payload)}
  const deliveries = createDeliveries(byRole, forwardTo(deps), {table: 'scheduler_deliveries', letter})
  const work: Work = {deps, registry, deliveries, timers: new Map(), running: false}
  return {
    start: () => {
      work.running = true
      deliveries.resume()
      resume(work)
    },
    stop: () => {
      work.running = false
      deliveries.stop()
      work.timers.forEach((cancelTimer) => cancelTimer())
      work.timers.clear()
    },
    changed: (group, name) => {
      const key = scheduleKey(group, name)
      // A rate comes for the first time when it is made.
      const isRate = registry.schedules.get(key)?.ScheduleExpression.toLowerCase().startsWith('rate(')
      arm(work, key, deps.clock.now() - (isRate ? 1 : 0))
    }
  }
}
