import {DatabaseSync} from 'node:sqlite'
import type {DeliveryTarget, EventsService, Observation} from '../../../runtime/core/types'
import {parseWiring} from '../../../../shared/wiring/wiring'
import type {EventsDeps} from '../deps'
import {createEvents} from '../service'
import {type ManualClock, manualClock} from './manual-clock'

export const FUNCTION = 'arn:aws:lambda:us-west-2:123456789012:function:Consumer'
export const QUEUE = 'arn:aws:sqs:us-west-2:123456789012:undelivered'
export const BUS = 'arn:aws:events:us-west-2:123456789012:event-bus/Bus'

type Values = Readonly<Record<string, unknown>>

const resource = (type: string, values: Values): unknown => ({address: `${type}.this`, type, name: 'this', values})

/** A wiring with the bus `Bus`, its archive `Archive` and rule `Rule` for source `shop`, with one target. */
export const wiring = (target: Values = {}, rule: Values = {}, archive: Values = {}) => parseWiring({values: {root_module: {resources: [
  resource('aws_cloudwatch_event_bus', {name: 'Bus', arn: BUS}),
  resource('aws_cloudwatch_event_rule', {
    name: 'Rule', arn: 'arn:aws:events:us-west-2:123456789012:rule/Bus/Rule', event_bus_name: 'Bus', event_pattern: '{"source":["shop"]}', state: 'ENABLED', ...rule
  }),
  resource('aws_cloudwatch_event_target', {rule: 'Rule', event_bus_name: 'Bus', target_id: 'Consumer', arn: FUNCTION, ...target}),
  resource('aws_cloudwatch_event_archive', {
    name: 'Archive', arn: 'arn:aws:events:us-west-2:123456789012:archive/Archive', event_source_arn: BUS, event_pattern: '', retention_days: 90, ...archive
  })
]}}})

export interface Delivered {
  readonly target: DeliveryTarget
  readonly payload: unknown
}

export interface DeadLetter {
  readonly queue: string
  readonly body: unknown
  readonly attributes: Readonly<Record<string, string>>
}

export interface Bench {
  readonly events: EventsService
  readonly clock: ManualClock
  readonly db: DatabaseSync
  readonly delivered: Delivered[]
  readonly deadLetters: DeadLetter[]
  readonly observed: Observation[]
  /** How `deliver` fails; replaced by tests. */
  fail: (target: DeliveryTarget) => Error | undefined
  /** What `deliver` waits for. */
  hold: Promise<void> | undefined
}

/** A bus with a clock in hand, event ids `event-1`, `event-2`, …, and retries after 1, 2, 4, … s. */
export const bench = (options: Partial<EventsDeps> = {}): Bench => {
  const clock = (options.clock ?? manualClock()) as ManualClock
  const db = options.db ?? new DatabaseSync(':memory:')
  let ids = 0
  const self: Omit<Bench, 'events'> = {clock, db, delivered: [], deadLetters: [], observed: [], fail: () => undefined, hold: undefined}
  const events = createEvents({
    clock,
    db,
    wiring: wiring(),
    observe: (observation) => self.observed.push(observation),
    deliver: async (target, payload) => {
      await self.hold
      const error = self.fail(target)
      if (error !== undefined) {
        throw error
      }
      self.delivered.push({target, payload: JSON.parse(payload)})
    },
    deadLetter: (queue, body, attributes) => { self.deadLetters.push({queue, body: JSON.parse(body), attributes}) },
    newId: () => `event-${++ids}`,
    random: () => 0,
    retryDelay: (retry) => 1000 * 2 ** (retry - 1),
    ...options
  })
  return Object.assign(self, {events})
}

export const entry = (detail: object = {n: 1}, more: object = {}) =>
  ({EventBusName: 'Bus', Source: 'shop', DetailType: 'Order', Detail: JSON.stringify(detail), ...more})

export const envelope = (id: string, detail: object = {n: 1}, more: object = {}) => ({
  version: '0', id, 'detail-type': 'Order', source: 'shop', account: '123456789012', time: '2026-11-24T12:00:00Z', region: 'us-west-2', resources: [], detail, ...more
})
