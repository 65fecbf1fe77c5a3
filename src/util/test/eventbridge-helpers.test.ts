import {beforeEach, describe, expect, it, jest} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import type {EventBridgeEvent} from 'aws-lambda'
import {contractVersions, type FileDownloadCompletedDetail, type FileRequestedDetail} from '../../types/eventbridge'
import {envelopeOf} from '../../../test/helpers/envelope'
import {example} from '../../../test/helpers/example'

const completed = example('FileDownloadCompleted', 'video')
const failed = example('FileDownloadFailed', 'gone')
const started = example('FileDownloadStarted', 'workflow')
const ready = example('FileMetadataReady', 'video')
const requested = example('FileRequested', 'youtube')

const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
jest.unstable_mockModule('../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
const {
  parseEvent, publishFileDownloadCompleted, publishFileDownloadFailed, publishFileDownloadStarted, publishFileMetadataReady, publishFileRequested
} = await import('../eventbridge-helpers')
const {currentCorrelation, withCorrelation} = await import('../correlation')

beforeEach(() => {
  process.env.EVENT_BUS_NAME = 'MediaDownloaderEvents'
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'test-123'}]})
})

const sent = () => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries).map(({Source, DetailType, Detail}) =>
  ({Source, DetailType, detail: JSON.parse(Detail!) as Record<string, unknown>}))

describe('publish helpers', () => {
  it('publish each event under its name and source', async () => {
    await publishFileRequested(requested)
    await publishFileMetadataReady(ready)
    await publishFileDownloadStarted(started)
    await publishFileDownloadCompleted(completed)
    await publishFileDownloadFailed(failed)
    expect(sent()).toEqual([
      {Source: 'mediadownloader.request', DetailType: 'FileRequested', detail: requested},
      {Source: 'mediadownloader.metadata', DetailType: 'FileMetadataReady', detail: ready},
      {Source: 'mediadownloader.download', DetailType: 'FileDownloadStarted', detail: started},
      {Source: 'mediadownloader.download', DetailType: 'FileDownloadCompleted', detail: completed},
      {Source: 'mediadownloader.download', DetailType: 'FileDownloadFailed', detail: failed}
    ])
  })

  it('take the migration guide\'s calls as they stand there', async () => {
    await publishFileDownloadCompleted({fileId: 'abc123', s3Key: 'videos/abc123.mp4', size: 1048576, contentType: 'video/mp4'})
    await publishFileMetadataReady({fileId: 'abc123', title: 'Video Title'})
    const correlationId = expect.stringMatching(/^[0-9a-f-]{36}$/)
    expect(sent().map(({detail}) => detail)).toEqual([
      {fileId: 'abc123', correlationId, s3Key: 'videos/abc123.mp4', size: 1048576, contentType: 'video/mp4'},
      {fileId: 'abc123', correlationId, title: 'Video Title', availableAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)}
    ])
  })

  it('leave out what is undefined', async () => {
    await publishFileMetadataReady({fileId: 'abc123', correlationId: 'c', title: 'Video Title', size: undefined, availableAt: ready.availableAt})
    expect(sent().map(({detail}) => detail)).toEqual([{fileId: 'abc123', correlationId: 'c', title: 'Video Title', availableAt: ready.availableAt}])
  })

  it('do not take a mistyped, a missing or a wrong property', async () => {
    const good = {fileId: 'abc123', s3Key: 'videos/abc123.mp4', size: 1, contentType: 'video/mp4'}
    // @ts-expect-error s3URL is not in the contract: it is s3Url
    await publishFileDownloadCompleted({...good, s3URL: 's3://bucket/videos/abc123.mp4'})
    // @ts-expect-error contentType is missing
    await expect(publishFileDownloadCompleted({fileId: 'abc123', s3Key: 'videos/abc123.mp4', size: 1})).rejects.toMatchObject({name: 'InvalidEventError'})
    // @ts-expect-error size is a number
    await expect(publishFileDownloadCompleted({...good, size: '1'})).rejects.toMatchObject({name: 'InvalidEventError'})
    expect(putEvents).toHaveBeenCalledTimes(1)
  })
})

describe('detail types', () => {
  it('serve a handler written as in the migration guide', () => {
    const handler = ({detail: {fileId, s3Key, size}}: EventBridgeEvent<'FileDownloadCompleted', FileDownloadCompletedDetail>) => ({fileId, s3Key, size})
    expect(handler(envelopeOf('FileDownloadCompleted', completed) as never)).toEqual({fileId: completed.fileId, s3Key: completed.s3Key, size: completed.size})
  })

  it('do not compile with a typo', () => {
    // @ts-expect-error requestAt is not in the contract: it is requestedAt
    const typo: FileRequestedDetail = {...requested, requestAt: requested.requestedAt}
    // @ts-expect-error sourceURL is not in the contract: it is sourceUrl
    const read = (detail: FileRequestedDetail) => detail.sourceURL
    expect({...typo, read: read(requested)}).toEqual({...requested, requestAt: requested.requestedAt, read: undefined})
  })
})

describe('parseEvent', () => {
  it('returns the detail and what the envelope says', () => {
    expect(parseEvent('FileRequested', envelopeOf('FileRequested', requested))).toEqual({
      detailType: 'FileRequested', detail: requested, id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718', time: '2025-11-23T10:00:00Z'
    })
  })

  it('tells a replayed event', () => {
    expect(parseEvent('FileRequested', envelopeOf('FileRequested', requested, {'replay-name': 'DebugIssue123'})).replayName).toBe('DebugIssue123')
  })

  it('makes correlation id and file those of the work at hand', () => {
    withCorrelation({}, () => {
      parseEvent('FileRequested', envelopeOf('FileRequested', requested))
      expect(currentCorrelation()).toEqual({correlationId: requested.correlationId, fileId: requested.fileId})
    })
  })

  it('hands the correlation id on to what is published next', async () => {
    await withCorrelation({}, async () => {
      const {detail: {fileId}} = parseEvent('FileRequested', envelopeOf('FileRequested', requested))
      await publishFileMetadataReady({fileId, title: 'Video Title'})
    })
    expect(sent().map(({detail}) => detail.correlationId)).toEqual([requested.correlationId])
  })

  it('tells the events of one consumer apart, also to the compiler', () => {
    const outcome = (event: unknown): string => {
      const parsed = parseEvent(['FileDownloadCompleted', 'FileDownloadFailed'], event)
      return parsed.detailType === 'FileDownloadFailed' ? parsed.detail.errorCode : parsed.detail.s3Key
    }
    expect([outcome(envelopeOf('FileDownloadCompleted', completed)), outcome(envelopeOf('FileDownloadFailed', failed))])
      .toEqual([completed.s3Key, failed.errorCode])
  })

  it.each<[string, unknown, string, string]>([
    ['another event', envelopeOf('FileDownloadFailed', failed), 'UnknownEventError',
      'Expected the detail-type FileRequested; event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 has \'FileDownloadFailed\'. Look at the rule that sent it.'],
    ['an event that no one knows', envelopeOf('FileRequested', requested, {'detail-type': 'FileLost'}), 'UnknownEventError',
      'Expected the detail-type FileRequested; event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 has \'FileLost\'. Look at the rule that sent it.'],
    ['the name of an inherited property', {'detail-type': 'constructor', source: 'x', detail: {}}, 'UnknownEventError',
      'Expected the detail-type FileRequested; event without id has \'constructor\'. Look at the rule that sent it.'],
    ['another source', envelopeOf('FileRequested', requested, {source: 'somebody.else'}), 'InvalidEventError',
      `Expected FileRequested version ${contractVersions.FileRequested} to have the source 'mediadownloader.request'; event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 has 'somebody.else'.`],
    ['no detail', envelopeOf('FileRequested', undefined), 'InvalidEventError',
      `Event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 does not fit the contract FileRequested version ${contractVersions.FileRequested}: detail must be object, got undefined.`],
    ['a detail without userId and with a wrong time', envelopeOf('FileRequested', {...requested, userId: undefined, requestedAt: 'yesterday'}), 'InvalidEventError',
      `Event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 does not fit the contract FileRequested version ${contractVersions.FileRequested}: detail.userId is required and missing; detail.requestedAt must match format "date-time", got "yesterday".`],
    ['a long value', envelopeOf('FileRequested', {...requested, userId: 'u'.repeat(300)}), 'InvalidEventError',
      `Event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 does not fit the contract FileRequested version ${contractVersions.FileRequested}: detail.userId must NOT have more than 256 characters, got "${'u'.repeat(56)}….`],
    ['a detail that is text', envelopeOf('FileRequested', JSON.stringify(requested).slice(0, 10)), 'InvalidEventError',
      `Event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 does not fit the contract FileRequested version ${contractVersions.FileRequested}: detail must be object, got "{\\"fileId\\":".`],
    ['text instead of an event', 'FileRequested', 'InvalidEventError', 'Expected an EventBridge event, an object with detail-type, source and detail; got "FileRequested".'],
    ['nothing', undefined, 'InvalidEventError', 'Expected an EventBridge event, an object with detail-type, source and detail; got nothing.'],
    ['an id that is no text', {...envelopeOf('FileRequested', requested), id: {toString: 1}}, 'InvalidEventError',
      `Expected an EventBridge event with text as its id; got ${JSON.stringify({...envelopeOf('FileRequested', requested), id: {toString: 1}}).slice(0, 200)}.`],
    ['null', null, 'InvalidEventError', 'Expected an EventBridge event, an object with detail-type, source and detail; got null.']
  ])('refuses %s', (_what, event, name, message) => {
    expect(() => parseEvent('FileRequested', event)).toThrow(expect.objectContaining({name, message}))
  })

  it('leaves the correlation alone where it refuses', () => {
    withCorrelation({correlationId: 'before'}, () => {
      expect(() => parseEvent('FileRequested', envelopeOf('FileRequested', {...requested, userId: 7}))).toThrow()
      expect(currentCorrelation()).toEqual({correlationId: 'before'})
    })
  })

  it('counts characters, not UTF-16 units', () => {
    const title = '🎬'.repeat(1024)
    expect(parseEvent('FileMetadataReady', envelopeOf('FileMetadataReady', {...ready, title})).detail.title).toBe(title)
  })
})
