import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import type {EventsService} from '../../runtime/core/types'
import {archiveOperations} from './archive-operations'
import {openArchivedEvents} from './archived-events'
import {busOperations} from './bus-operations'
import type {EventsDeps} from './deps'
import {testEventPattern} from './pattern-operation'
import {policyOperations} from './policy-operations'
import {createPutEvents, readEntries} from './put-events'
import {createRegistry} from './registry'
import {replayOperations} from './replay-operations'
import {createReplays} from './replays'
import {createRouter} from './router'
import {ruleOperations} from './rule-operations'
import {createSchedules} from './schedules'
import {createTags} from './tag-operations'
import {targetOperations} from './target-operations'

/** Amazon EventBridge (Classic): https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html */
export const createEvents = (deps: EventsDeps): EventsService => {
  const registry = createRegistry(deps)
  const tags = createTags(deps, registry)
  const archived = openArchivedEvents(deps.db, deps.clock)
  const router = createRouter({deps, registry, archived})
  const schedules = createSchedules({deps, registry, router})
  const replays = createReplays({deps, registry, archived, router})
  const putEvents = createPutEvents(deps, registry, router)
  const parts = {registry, archived, replays, clock: deps.clock}
  const operations: Operations = {
    ...busOperations({registry, tags, clock: deps.clock}),
    ...policyOperations(registry),
    ...ruleOperations({registry, tags, schedules, clock: deps.clock}),
    ...targetOperations(registry),
    ...archiveOperations(parts),
    ...replayOperations(parts),
    ...tags.operations,
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
      schedules.start()
    },
    stop: async () => {
      schedules.stop()
      router.deliveries.stop()
      replays.stop()
      await replays.idle()
    }
  }
}
