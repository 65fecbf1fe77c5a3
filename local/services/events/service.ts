import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import type {EventsService} from '../../runtime/core/types'
import {archiveOperations} from './archive-operations'
import {openArchivedEvents} from './archived-events'
import {busOperations} from './bus-operations'
import type {EventsDeps} from './deps'
import {testEventPattern} from './pattern-operation'
import {createPutEvents, readEntries} from './put-events'
import {createRegistry} from './registry'
import {replayOperations} from './replay-operations'
import {createReplays} from './replays'
import {createRouter} from './router'
import {ruleOperations} from './rule-operations'
import {targetOperations} from './target-operations'

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
