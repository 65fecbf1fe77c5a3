import type {EventEnvelope, PutEventsEntry, PutEventsResult} from '../runtime/core/types'
import {createEnvelope} from '../services/events/entry'
import {eventFields} from '../../shared/patterns/event-fields'
import {targetInput} from '../services/events/input'
import type {Target} from '../services/events/model'
import {busName} from '../services/events/names'
import type {Pattern} from '../../shared/patterns/pattern'
import {compilePattern} from '../services/events/pattern'
import {wiredRules} from '../services/events/wired'
import {findPlace} from '../../shared/wiring/place'
import type {Wiring} from '../../shared/wiring/wiring'

/** The rules of a wiring, by which a shadow's events find their way. */
export interface ShadowBus {
  put: (entries: readonly PutEventsEntry[]) => PutEventsResult
  /** Hands an event to the targets of its rules, as it is. */
  deliver: (bus: string, event: EventEnvelope) => void
}

export interface BusDeps {
  readonly wiring: Wiring
  readonly now: () => number
  readonly onEvent: (event: EventEnvelope) => void
  readonly onDelivery: (target: Target, payload: string, event: EventEnvelope) => void
}

interface Route {
  readonly bus: string
  readonly name: string
  readonly arn: string
  readonly takes: Pattern
  readonly targets: readonly Target[]
}

const listRoutes = (wiring: Wiring): Route[] => [...wiredRules(wiring).values()].filter(({EventPattern, State}) => EventPattern !== undefined && State !== 'DISABLED')
  .map(({EventBusName: bus, Name: name, Arn: arn, EventPattern, targets}) => ({bus, name, arn, takes: compilePattern(EventPattern!), targets}))

export const createBus = ({wiring, now, onEvent, onDelivery}: BusDeps): ShadowBus => {
  const routes = listRoutes(wiring)
  const place = findPlace(wiring)
  let count = 0
  const deliver = (bus: string, event: EventEnvelope): void => {
    const fields = eventFields(event)
    for (const {name, arn, targets} of routes.filter((route) => route.bus === bus && route.takes(fields))) {
      for (const target of targets) {
        onDelivery(target, targetInput({event, ruleArn: arn, ruleName: name, target, ingested: now()}), event)
      }
    }
  }
  const put = (entry: PutEventsEntry): PutEventsResult['Entries'][number] => {
    const event = createEnvelope(entry, place, now(), `shadow-${++count}`)
    if (!('id' in event)) {
      return event
    }
    onEvent(event)
    deliver(busName(entry.EventBusName), event)
    return {EventId: event.id}
  }
  return {
    deliver,
    put: (entries) => {
      const Entries = entries.map(put)
      return {FailedEntryCount: Entries.filter(({EventId}) => EventId === undefined).length, Entries}
    }
  }
}
