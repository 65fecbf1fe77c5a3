import {afterAll, afterEach, beforeEach, expect, jest} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey} from '../../../util/files/keys'

export const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
export const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

export const table = await startTable()
process.env.EVENT_BUS_NAME = 'MediaDownloaderEvents'
export const {handler} = await import('../src')

export const {fileId, sourceUrl} = example('FileRequested', 'youtube')
export const now = '2025-11-23T10:00:00.000Z'
export const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)

export const ask = async (user: string, url: unknown = sourceUrl, preset?: unknown): Promise<{statusCode?: number, body: unknown}> => {
  const {statusCode, body} = await handler(apiEvent({routeKey: 'POST /files', user, body: {url, preset}}), context)
  return {statusCode, body: JSON.parse(body ?? '')}
}

export const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({DetailType, Detail}) =>
  ({detailType: DetailType, detail: JSON.parse(Detail ?? '')})))

export const requested = (more: Record<string, unknown> = {}): Record<string, unknown> =>
  ({...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: 'c-1', requestedAt: now, availableAt: now, updatedAt: now, ...more})

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())
