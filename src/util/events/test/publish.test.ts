import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {contractVersions} from '../../../types/eventbridge'
import type {PutEventsRequest, PutEventsRequestEntry, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import type {OutgoingEvent} from '../outgoing-event'

type Answer = (entries: readonly PutEventsRequestEntry[]) => PutEventsResponse
const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
const writeLog = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
jest.unstable_mockModule('../../../lib/vendor/Logger', () => ({writeLog}))
const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))
const {publishEvents} = await import('../publish')
const {withCorrelation} = await import('../../correlation')

const started = (fileId: string, more: object = {}): OutgoingEvent =>
  ({detailType: 'FileDownloadStarted', detail: {fileId, correlationId: 'c-1', startedAt: '2025-11-23T10:00:02.000Z', ...more}})
const manyStarted = (count: number, more: object = {}) => Array.from({length: count}, (_, index) => started(`file-${index + 1}`, more))

const taken = {EventId: 'id'}
const failed = (ErrorCode: string) => ({ErrorCode, ErrorMessage: `${ErrorCode} happened`})
const taking: Answer = (entries) => ({FailedEntryCount: 0, Entries: entries.map(() => taken)})
/** Refuses the entries of these files as often as said, then takes them. */
const refusing = (times: Record<string, number>, code: string): Answer => (entries) => {
  const Entries = entries.map(({Detail}) => (times[fileIdOf({Detail})] ?? 0) > 0 ? (times[fileIdOf({Detail})]! -= 1, failed(code)) : taken)
  return {FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries}
}
const fileIdOf = ({Detail}: PutEventsRequestEntry): string => (JSON.parse(Detail!) as {fileId: string}).fileId
const sentFiles = () => putEvents.mock.calls.map(([{Entries}]) => Entries!.map(fileIdOf))
const answering = (answer: Answer) => putEvents.mockImplementation(async ({Entries}) => answer(Entries!))

beforeEach(() => {
  process.env.EVENT_BUS_NAME = 'MediaDownloaderEvents'
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  jest.restoreAllMocks()
  putEvents.mockReset()
  writeLog.mockReset()
  emitMetrics.mockReset()
  delete process.env._X_AMZN_TRACE_ID
})

describe('publishEvents', () => {
  it('sends source, detail-type and detail of the contract to the bus', async () => {
    answering(taking)
    await publishEvents([started('abc')])
    expect(putEvents.mock.calls).toEqual([[{Entries: [{
      EventBusName: 'MediaDownloaderEvents',
      Source: 'mediadownloader.download',
      DetailType: 'FileDownloadStarted',
      Detail: '{"fileId":"abc","correlationId":"c-1","startedAt":"2025-11-23T10:00:02.000Z"}'
    }]}]])
  })

  it('sends nothing if there is nothing to send', async () => {
    await publishEvents([])
    expect(putEvents).not.toHaveBeenCalled()
  })

  it('sends 23 events in order as 10, 10 and 3', async () => {
    answering(taking)
    await publishEvents(manyStarted(23))
    expect(sentFiles().map((files) => files.length)).toEqual([10, 10, 3])
    expect(sentFiles().flat()).toEqual(manyStarted(23).map(({detail}) => detail.fileId))
  })

  it('keeps each request within 256 KiB', async () => {
    answering(taking)
    await publishEvents(manyStarted(5, {note: 'x'.repeat(100_000)}))
    expect(sentFiles()).toEqual([['file-1', 'file-2'], ['file-3', 'file-4'], ['file-5']])
  })

  it('passes the trace of the invocation on', async () => {
    answering(taking)
    process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1'
    await publishEvents([started('abc')])
    expect(putEvents.mock.calls[0]![0].Entries![0]!.TraceHeader).toBe('Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1')
  })

  it('leaves a trace that PutEvents would refuse away', async () => {
    answering(taking)
    process.env._X_AMZN_TRACE_ID = 'x'.repeat(501)
    await publishEvents([started('abc')])
    expect(Object.keys(putEvents.mock.calls[0]![0].Entries![0]!)).not.toContain('TraceHeader')
  })
})

describe('the correlation id', () => {
  const sentIds = () => putEvents.mock.calls.flatMap(([{Entries}]) => Entries!)
    .map(({Detail}) => (JSON.parse(Detail!) as {correlationId: string}).correlationId)

  it('is the publisher\'s where it gives one', async () => {
    answering(taking)
    await withCorrelation({correlationId: 'current'}, () => publishEvents([started('abc', {correlationId: 'given'})]))
    expect(sentIds()).toEqual(['given'])
  })

  it('is that of the work at hand where the publisher gives none', async () => {
    answering(taking)
    await withCorrelation({correlationId: 'current'}, () => publishEvents([started('abc', {correlationId: undefined})]))
    expect(sentIds()).toEqual(['current'])
  })

  it('is a new UUID where there is none', async () => {
    answering(taking)
    await publishEvents([started('abc', {correlationId: undefined}), started('def', {correlationId: undefined})])
    expect(sentIds()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)])
    expect(new Set(sentIds()).size).toBe(2)
  })
})

describe('entries that fail inside a 200', () => {
  it.each(['InternalFailure', 'InternalException', 'ThrottlingException'])('are resent alone after %s until they are taken', async (code) => {
    answering(refusing({'file-2': 1, 'file-4': 3}, code))
    await publishEvents(manyStarted(4))
    expect(sentFiles()).toEqual([['file-1', 'file-2', 'file-3', 'file-4'], ['file-2', 'file-4'], ['file-4'], ['file-4']])
  })

  it('are given up after 5 rounds with code, event and file', async () => {
    answering(refusing({'file-2': 99}, 'ThrottlingException'))
    await expect(publishEvents(manyStarted(3))).rejects.toMatchObject({
      name: 'EventPublishError',
      retryable: true,
      message: 'EventBridge did not take FileDownloadStarted of file file-2: ThrottlingException (ThrottlingException happened). Already on the bus: 2.'
    })
    expect(sentFiles()).toEqual([['file-1', 'file-2', 'file-3'], ['file-2'], ['file-2'], ['file-2'], ['file-2']])
  })

  it('are counted where they are given up, and not where they are taken in the end', async () => {
    answering(refusing({'file-1': 1}, 'ThrottlingException'))
    await publishEvents(manyStarted(3))
    answering(refusing({'file-2': 99, 'file-3': 99}, 'AccessDeniedException'))
    await publishEvents(manyStarted(3)).catch(() => undefined)
    expect(emitMetrics.mock.calls).toEqual([[{EventsRefused: {unit: 'Count', value: 2}}]])
  })

  it('wait longer from round to round, with full jitter', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5)
    answering(refusing({abc: 2}, 'ThrottlingException'))
    const begin = performance.now()
    await publishEvents([started('abc')])
    expect(performance.now() - begin).toBeGreaterThanOrEqual(145)
  })

  it.each(['NotAuthorizedForSourceException', 'AccessDeniedException', 'MalformedDetail', 'SomethingNew'])('throw at once after %s', async (code) => {
    answering(refusing({'file-1': 1}, code))
    await expect(publishEvents(manyStarted(2))).rejects.toMatchObject({
      name: 'EventPublishError',
      message: `EventBridge did not take FileDownloadStarted of file file-1: ${code} (${code} happened). Already on the bus: 1.`
    })
    expect(putEvents).toHaveBeenCalledTimes(1)
  })

  it('stop the batches after theirs, and the log tells which events went', async () => {
    answering(refusing({'file-11': 1}, 'NotAuthorizedForSourceException'))
    await expect(publishEvents(manyStarted(23))).rejects.toMatchObject({name: 'EventPublishError'})
    expect(sentFiles().map((files) => files.length)).toEqual([10, 10])
    const went = manyStarted(20).map(({detail}) => `FileDownloadStarted of file ${detail.fileId}`).filter((label) => !label.endsWith('file-11'))
    expect(writeLog.mock.calls.filter(([level]) => level === 'info').map(([, message, ids]) => [message, ids])).toEqual(manyStarted(20)
      .filter(({detail}) => detail.fileId !== 'file-11')
      .map(({detail: {fileId}}) => ['An event is on the bus.', {event: 'FileDownloadStarted', publishedAt: expect.stringMatching(/Z$/), fileId, correlationId: 'c-1'}]))
    expect(writeLog.mock.calls.filter(([level]) => level === 'error')).toEqual([['error', 'EventBridge did not take every event', {
      published: went,
      refused: ['FileDownloadStarted of file file-11: NotAuthorizedForSourceException (NotAuthorizedForSourceException happened)']
    }]])
  })

  it('are counted where the answer lacks them', async () => {
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [taken]}).mockImplementation(async ({Entries}) => taking(Entries!))
    await publishEvents(manyStarted(2))
    expect(sentFiles()).toEqual([['file-1', 'file-2'], ['file-2']])
  })

  it('are named three at a time', async () => {
    answering(() => ({FailedEntryCount: 5, Entries: manyStarted(5).map(() => failed('MalformedDetail'))}))
    await expect(publishEvents(manyStarted(5))).rejects.toThrow(/file-3: MalformedDetail \(MalformedDetail happened\) and 2 more\. Already on the bus: 0\.$/)
  })
})

describe('a call that fails', () => {
  it('throws with the SDK\'s error as cause: the SDK has retried it already', async () => {
    const cause = Object.assign(new Error('socket hang up'), {name: 'TimeoutError'})
    putEvents.mockRejectedValue(cause)
    await expect(publishEvents([started('abc')])).rejects.toMatchObject({
      name: 'EventPublishError',
      cause,
      message: 'EventBridge did not take FileDownloadStarted of file abc: TimeoutError (socket hang up). Already on the bus: 0.'
    })
    expect(putEvents).toHaveBeenCalledTimes(1)
  })
})

describe('nothing of a batch is sent', () => {
  it('where one detail does not fit its contract', async () => {
    await expect(publishEvents([started('abc'), started('no/slash')])).rejects.toMatchObject({
      name: 'InvalidEventError',
      message: `FileDownloadStarted of file no/slash does not fit the contract FileDownloadStarted version ${contractVersions.FileDownloadStarted}: detail.fileId must match pattern "^[A-Za-z0-9_-]{1,128}$", got "no/slash".`
    })
    expect(putEvents).not.toHaveBeenCalled()
  })

  it('where one event is unknown', async () => {
    await expect(publishEvents([started('abc'), {...started('def'), detailType: 'FileLost' as 'FileRequested'} as OutgoingEvent])).rejects.toMatchObject({
      name: 'UnknownEventError',
      message: 'Expected an event of src/types/events to publish; got \'FileLost\'.'
    })
    expect(putEvents).not.toHaveBeenCalled()
  })

  it('where one event has a byte more than 256 KiB', async () => {
    const room = 262_144 - 14 - Buffer.byteLength('mediadownloader.download' + 'FileDownloadStarted' + JSON.stringify({...started('abc').detail, note: ''}))
    answering(taking)
    await publishEvents([started('abc', {note: 'x'.repeat(room)})])
    putEvents.mockClear()
    await expect(publishEvents([started('ok'), started('abc', {note: 'x'.repeat(room + 1)})])).rejects.toMatchObject({
      name: 'EventTooLargeError',
      message: 'Expected FileDownloadStarted of file abc to have at most 262144 bytes; it has 262145. Put large values into S3 or the table and publish their key.'
    })
    expect(putEvents).not.toHaveBeenCalled()
  })

  it('where the bus is not known', async () => {
    delete process.env.EVENT_BUS_NAME
    await expect(publishEvents([started('abc')])).rejects.toMatchObject({name: 'EnvironmentError'})
    expect(putEvents).not.toHaveBeenCalled()
  })
})
