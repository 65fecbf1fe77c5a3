import {isObject, type Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import type {EventsService} from '../../runtime/core/types'
import {eventPattern, requiredText} from './api-constraints'
import {archiveOperations} from './archive-operations'
import {openArchivedEvents} from './archived-events'
import {busOperations} from './bus-operations'
import type {EventsDeps} from './deps'
import {matchesPattern} from './pattern'
import {createPutEvents, readEntries} from './put-events'
import {createRegistry} from './registry'
import {replayOperations} from './replay-operations'
import {createReplays} from './replays'
import {createRouter} from './router'
import {ruleOperations} from './rule-operations'
import {targetOperations} from './target-operations'

const parseEvent = (text: string): Json => {
  try {
    const event: unknown = JSON.parse(text)
    if (isObject(event)) {
      return event
    }
  } catch { /* answered below, as for what is JSON but no object */ }
  throw new ServiceError('ValidationException', 'Parameter Event is not valid.')
}

const testEventPattern = (input: Json): Json => {
  checkConstraints(input, {EventPattern: {...eventPattern, required: true}, Event: requiredText})
  return {Result: matchesPattern(String(input['EventPattern']), parseEvent(String(input['Event'])))}
}

/** Amazon EventBridge (Classic): https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html */
export const createEvents = (deps: EventsDeps): EventsService => {
  const registry = createRegistry(deps)
  const archived = openArchivedEvents(deps.db, deps.clock)
  const router = createRouter({deps, registry, archived})
  const replays = createReplays({deps, registry, archived, router})
  const putEvents = createPutEvents(deps, registry, router)
  const parts = {registry, archived, replays, clock: deps.clock}
  const operations: Operations = {
    ...busOperations(registry),
    ...ruleOperations(registry),
    ...targetOperations(registry),
    ...archiveOperations(parts),
    ...replayOperations(parts),
    PutEvents: (input) => putEvents(readEntries(input)),
    TestEventPattern: testEventPattern
  }
  return {
    signingName: 'events',
    putEvents,
    handle: (request, response) => answerJson(request, response, operations),
    start: () => {
      router.deliveries.resume()
      replays.resume()
    },
    stop: async () => {
      router.deliveries.stop()
      replays.stop()
      await replays.idle()
    }
  }
}
