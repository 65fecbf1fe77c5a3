import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, it, jest} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {eventsFolder, readContracts, readSource} from '../../shared/contracts/schema'

const root = join(import.meta.dirname, '../..')
const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
jest.unstable_mockModule('../../src/lib/vendor/AWS/EventBridge', () => ({putEvents}))
const helpers = await import('../../src/util/eventbridge-helpers') as unknown as Record<string, (detail: unknown) => Promise<void>>

const examples = readContracts(root).flatMap(({event, schema}) => readdirSync(join(root, eventsFolder, event, 'examples')).map((name) => ({
  event, name, source: readSource(schema), detail: JSON.parse(readFileSync(join(root, eventsFolder, event, 'examples', name), 'utf8')) as unknown
})))

beforeEach(() => {
  process.env.EVENT_BUS_NAME = 'MediaDownloaderEvents'
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'test-123'}]})
})

describe('each event', () => {
  it.each(examples)('has its own helper, which publishes $event/$name as it is', async ({event, source, detail}) => {
    await helpers[`publish${event}`]!(detail)
    const [[{Entries}]] = putEvents.mock.calls as [[PutEventsRequest]]
    const sent = Entries?.map(({Source, DetailType, Detail}) => ({Source, DetailType, detail: JSON.parse(Detail!) as unknown}))
    expect(sent).toEqual([{Source: source, DetailType: event, detail}])
  })
})
