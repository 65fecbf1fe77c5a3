import {isoTime} from '../../runtime/core/clock'
import {ServiceError} from '../../runtime/core/errors'
import {transaction} from '../../runtime/core/store'
import type {EventEnvelope} from '../../runtime/core/types'
import type {ArchivedEvents} from './archived-events'
import {createDeliveries, type Deliveries} from './deliveries'
import type {Delivery} from './deliveries-table'
import type {EventsDeps} from './deps'
import {entrySize} from './entry'
import {type EventFields, eventFields, sentEventFields} from '../../../shared/patterns/event-fields'
import type {Rule} from './model'
import {busName} from './names'
import type {Registry} from './registry'

/** An event for a bus; `only` narrows it to some rules, as a replay's filter does. */
export interface Arrival {
  readonly bus: string
  readonly event: EventEnvelope
  /** The JSON text that its detail came as, which patterns may read more of than the parsed one has. */
  readonly detail?: string | undefined
  readonly only?: readonly string[]
  readonly forwarded?: boolean
}

export interface Router {
  readonly deliveries: Deliveries
  /** Stores what follows from the events in one transaction, at once, then starts the deliveries; resolves when each was attempted once. */
  take: (arrivals: readonly Arrival[], also?: () => void) => Promise<void>
  /** The same for an event that is for the targets of one rule, whatever its pattern. */
  fire: (rule: Rule, event: EventEnvelope) => Promise<void>
}

interface Parts {
  readonly deps: EventsDeps
  readonly registry: Registry
  readonly archived: ArchivedEvents
}

/** What AWS counts: the texts that were sent, and the time. */
const archivedSize = ({event, detail = JSON.stringify(event.detail)}: Arrival): number =>
  entrySize({Source: event.source, DetailType: event['detail-type'], Detail: detail, Resources: event.resources}) + event.time.length

const archive = ({registry, archived}: Parts, arrival: Arrival, fields: EventFields): void => {
  const {bus, event} = arrival
  const busArn = registry.buses.get(bus)?.Arn ?? ''
  const size = archivedSize(arrival)
  registry.archivesOf(busArn).filter((each) => registry.takes(each, fields)).forEach((each) => archived.add(each, event, size))
}

const metRules = ({registry}: Parts, {bus, only}: Arrival, fields: EventFields): Rule[] =>
  registry.rulesOf(bus).filter((rule) => rule.State !== 'DISABLED' && (only?.includes(rule.Arn) ?? true) && registry.takes(rule, fields))

const deliver = ({deps}: Parts, deliveries: Deliveries, {event, forwarded = false}: Pick<Arrival, 'event' | 'forwarded'>, rules: readonly Rule[]): Delivery[] =>
  rules.flatMap((rule) => rule.targets.map((target) =>
    deliveries.add({event, ruleArn: rule.Arn, ruleName: rule.Name, target, ingested: deps.clock.now()}, forwarded)))

/** Takes events to the archives and targets of their bus. A replayed event is not archived again. */
export const createRouter = (parts: Parts): Router => {
  const {deps, registry} = parts
  const forward = (busArn: string, {event, forwarded}: Delivery): void => {
    if (forwarded) {
      throw new ServiceError('THIRD_ACCOUNT_HOP_DETECTED', 'EventBridge does not route events that came from another bus to a third one.')
    }
    void take([{bus: registry.bus(busName(busArn)).Name, event, forwarded: true}])
  }
  const deliveries = createDeliveries(deps, forward)
  const take: Router['take'] = (arrivals, also) => {
    const taken = transaction(deps.db, () => {
      also?.()
      return arrivals.map((arrival) => {
        const fields = arrival.detail === undefined ? eventFields(arrival.event) : sentEventFields(arrival.event, arrival.detail)
        if (arrival.event['replay-name'] === undefined) {
          archive(parts, arrival, fields)
        }
        const rules = metRules(parts, arrival, fields)
        return {arrival, rules, begun: deliver(parts, deliveries, arrival, rules)}
      })
    })
    taken.forEach(({arrival: {event, bus}, rules}) =>
      deps.observe({type: 'event', at: isoTime(deps.clock), event, bus, rules: rules.map(({Name}) => Name)}))
    return begin(taken.flatMap(({begun}) => begun))
  }
  const begin = (begun: readonly Delivery[]): Promise<void> => Promise.all(begun.map((delivery) => deliveries.begin(delivery))).then(() => undefined)
  const fire: Router['fire'] = (rule, event) => begin(transaction(deps.db, () => deliver(parts, deliveries, {event}, [rule])))
  return {deliveries, take, fire}
}
