import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey, fileUserKey} from '../../../util/keys'

type Call = (input: Record<string, unknown>) => Promise<Record<string, unknown>>

const startExecution = jest.fn<Call>()
const describeExecution = jest.fn<Call>()
const invoke = jest.fn<Call>()
const headObject = jest.fn<Call>()
const listObjects = jest.fn<Call>()
const deleteObject = jest.fn<Call>()
const listMultipartUploads = jest.fn<Call>()
const abortMultipartUpload = jest.fn<Call>()
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctions', () => ({startExecution, describeExecution}))
jest.unstable_mockModule('../../../lib/vendor/AWS/Lambda', () => ({invoke}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject, listObjects, deleteObject}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => ({listMultipartUploads, abortMultipartUpload, listParts: jest.fn()}))

const table = await startTable()
Object.assign(process.env, {
  BUCKET_NAME: 'media', STATE_MACHINE_ARN: 'arn:workflow', REQUEST_FILE_FUNCTION_NAME: 'RequestFile', OBJECT_CREATED_FUNCTION_NAME: 'S3ObjectCreated'
})
const {handler} = await import('../src')

const now = '2025-11-23T10:00:00.000Z'
const before = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString()
const sourceUrl = 'https://example.com/a.mp4'

const file = (status: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey('a'), fileId: 'a', sourceUrl, correlationId: 'c-1', status, requestedAt: before(120), availableAt: before(120), updatedAt: before(6), ...more
})
const user = {...fileUserKey('a', 'ann'), fileId: 'a', userId: 'ann', requestedAt: before(120)}
const whole = {expectedSize: 7, s3Key: 'media/a.mp4'}

const named = (name: string): Error => Object.assign(new Error(name), {name})
const payloads = (): unknown[] => invoke.mock.calls.map(([{FunctionName, Payload}]) =>
  [FunctionName, JSON.parse(new TextDecoder().decode(Payload as Uint8Array))])

const tick = (rule = 'ReconcileFiles') => handler({resources: [`arn:aws:events:us-west-2:123456789012:rule/${rule}`]}, context)
const found = async (rule?: string): Promise<string[]> => (await tick(rule)).drift.map(({kind, outcome}) => `${kind} ${outcome}`)

beforeEach(() => {
  freezeDate(now)
  for (const mock of [startExecution, describeExecution, invoke, headObject, listObjects, deleteObject, listMultipartUploads, abortMultipartUpload]) {
    mock.mockReset().mockResolvedValue({})
  }
  describeExecution.mockRejectedValue(named('ExecutionDoesNotExist'))
  headObject.mockRejectedValue(named('NotFound'))
  invoke.mockImplementation(async () => ({Payload: new TextEncoder().encode('{"statusCode": 202, "body": "{}"}')}))
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

test('finds nothing where there is nothing, and reads no object for that', async () => {
  expect(await tick()).toEqual({scope: 'unfinished', found: 0, failed: 0, drift: []})
  expect([listObjects, headObject, describeExecution].map((mock) => mock.mock.calls.length)).toEqual([0, 0, 0])
})

describe('a request', () => {
  test.each([
    ['whose event was never published, after a minute', {requestedAt: before(1.1)}, ['request-without-event mended']],
    ['that may still be publishing', {requestedAt: before(0.9)}, []],
    ['whose event led to nothing, after an hour', {announcedAt: before(61)}, ['request-without-event mended']],
    ['whose event is on its way', {announcedAt: before(59)}, []]
  ])('%s', async (_, more, drift) => {
    await table.put(file('Requested', more), user)
    expect(await found()).toEqual(drift)
    expect(payloads()).toEqual(drift.map(() => ['RequestFile', {userId: 'ann', url: sourceUrl, correlationId: expect.any(String)}]))
  })

  test('that RequestFile refuses is an error of the tick, and keeps nothing else', async () => {
    invoke.mockResolvedValue({Payload: new TextEncoder().encode('{"statusCode": 502, "body": "no"}')})
    await table.put(file('Requested'), user, file('MetadataReady', {...fileKey('b'), fileId: 'b'}))
    await expect(tick()).rejects.toThrow('Expected to mend all drift; 1 of 2 were not, first request-without-event of a')
    expect(startExecution).toHaveBeenCalledWith({stateMachineArn: 'arn:workflow', input: '{"fileId":"b"}'})
  })

  test('that nobody wants any more is told as failed', async () => {
    await table.put(file('Requested'))
    const {drift} = await handler({scope: 'unfinished', dryRun: false}, context)
    expect(drift).toEqual([expect.objectContaining({outcome: 'failed', reason: 'Expected somebody to want file a; nobody does.'})])
  })
})

describe('a file past its metadata', () => {
  test.each([
    ['MetadataReady', {}, ['metadata-without-execution mended']],
    ['Scheduled', {availableAt: '2025-12-01T00:00:00.000Z'}, ['metadata-without-execution mended']],
    ['MetadataReady', {updatedAt: before(4)}, []]
  ])('%s without a claim, %j, is given to the workflow', async (status, more, drift) => {
    await table.put(file(status, more))
    expect(await found()).toEqual(drift)
    expect(startExecution.mock.calls).toEqual(drift.map(() => [{stateMachineArn: 'arn:workflow', input: '{"fileId":"a"}'}]))
  })

  test.each(['FAILED', 'ABORTED', 'TIMED_OUT', 'SUCCEEDED'])('whose execution %s is released and given to a new one, its upload kept', async (status) => {
    describeExecution.mockResolvedValue({status})
    await table.put(file('Downloading', {claimedBy: 'arn:old', uploadId: 'u-1'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('MetadataReady', {uploadId: 'u-1', recoveries: 1, availableAt: now, updatedAt: now}))
    expect(startExecution).toHaveBeenCalledTimes(1)
  })

  test('whose execution is gone altogether is given to a new one', async () => {
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test('that nobody claims though it is Downloading is given to a new one', async () => {
    await table.put(file('Downloading'))
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test('whose execution runs is left alone, however long it waits', async () => {
    describeExecution.mockResolvedValue({status: 'RUNNING'})
    await table.put(file('Downloading', {claimedBy: 'arn:old', updatedAt: before(1_000)}))
    expect(await found()).toEqual([])
  })

  test('that waits for its time costs no call, but for the daily sweep', async () => {
    await table.put(file('Scheduled', {claimedBy: 'arn:old', availableAt: '2025-12-01T00:00:00.000Z'}))
    expect(await found()).toEqual([])
    expect(describeExecution).not.toHaveBeenCalled()
    expect(await found('ReconcileFilesDaily')).toEqual(['claim-without-execution mended'])
  })

  test('that another has moved on meanwhile gets no second execution', async () => {
    describeExecution.mockImplementation(async () => {
      await table.put(file('Failed', {updatedAt: now}))
      return {status: 'FAILED'}
    })
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('Failed', {updatedAt: now}))
    expect(startExecution).not.toHaveBeenCalled()
  })

  test('that was recovered three times is an error: its cause is another', async () => {
    await table.put(file('Downloading', {claimedBy: 'arn:old', recoveries: 3}))
    await expect(tick()).rejects.toThrow('Expected file a to come home within 3 more executions; the last, arn:old, ended as well.')
    expect(startExecution).not.toHaveBeenCalled()
  })

  test('whose object is whole is completed by S3ObjectCreated, as if its bucket had said so', async () => {
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-1'}})
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    expect(await found()).toEqual(['object-without-completion mended'])
    expect(payloads()).toEqual([['S3ObjectCreated', {Records: [{s3: {bucket: {name: 'media'}, object: {key: 'media%2Fa.mp4'}}}]}]])
  })

  test('whose object is whole, of parts that an earlier attempt began, is completed too', async () => {
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-0'}})
    await table.put(file('Downloading', {claimedBy: 'arn:old', begunBy: 'c-0', ...whole}))
    expect(await found()).toEqual(['object-without-completion mended'])
  })

  test.each([
    ['of another size', {ContentLength: 8, Metadata: {'correlation-id': 'c-1'}}],
    ['of another attempt', {ContentLength: 7, Metadata: {'correlation-id': 'c-0'}}]
  ])('with an object %s is transferred again', async (_, object) => {
    headObject.mockResolvedValue(object)
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test('that S3ObjectCreated refuses is an error of the tick', async () => {
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-1'}})
    invoke.mockResolvedValue({FunctionError: 'Unhandled', Payload: new TextEncoder().encode('no')})
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    await expect(tick()).rejects.toThrow('Expected S3ObjectCreated to take the object media/a.mp4; it failed: no')
  })
})

describe('an upload', () => {
  const uploads = (minutes: number, Key = 'media/a.mp4') => ({Uploads: [{Key, UploadId: 'u-1', Initiated: new Date(before(minutes))}]})

  test.each([
    ['of no record', 61, undefined, ['upload-without-owner mended']],
    ['that may not be in its record yet', 59, undefined, []],
    ['of a transfer', 61, file('Downloading', {uploadId: 'u-1', updatedAt: now}), []],
    ['that a failed transfer left for the next try', 23 * 60, file('Failed', {uploadId: 'u-1'}), []],
    ['whose ranges are kept for the next try', 23 * 60, file('Failed', {ranged: {uploadId: 'u-1'}}), []],
    ['of ranges that were left for longer than a day', 24 * 60 + 1, file('Failed', {ranged: {uploadId: 'u-1'}}), ['upload-without-owner mended']],
    ['that was left for longer than a day', 24 * 60 + 1, file('Failed', {uploadId: 'u-1'}), ['upload-without-owner mended']],
    ['that another has taken the place of', 61, file('Downloading', {uploadId: 'u-2', updatedAt: now}), ['upload-without-owner mended']],
    ['of a file that is done', 61, file('Downloaded', {uploadId: 'u-1'}), ['upload-without-owner mended']]
  ])('%s, begun %i minutes ago', async (_, minutes, record, drift) => {
    listMultipartUploads.mockResolvedValue(uploads(minutes))
    if (record !== undefined) {
      await table.put(record)
    }
    expect(await found()).toEqual(drift)
    expect(abortMultipartUpload.mock.calls).toEqual(drift.map(() => [{Bucket: 'media', Key: 'media/a.mp4', UploadId: 'u-1'}]))
  })

  test('that somebody else has aborted meanwhile is mended', async () => {
    listMultipartUploads.mockResolvedValue(uploads(61))
    abortMultipartUpload.mockRejectedValue(named('NoSuchUpload'))
    expect(await found()).toEqual(['upload-without-owner mended'])
  })

  test('under a key that is none of a file\'s is aborted, and each page is read', async () => {
    listMultipartUploads
      .mockResolvedValueOnce({...uploads(61), IsTruncated: true, NextKeyMarker: 'k', NextUploadIdMarker: 'u'})
      .mockResolvedValueOnce(uploads(61, 'media/a b.mp4'))
    expect((await tick()).drift.map(({fileId}) => fileId).toSorted()).toEqual(['a', 'media/a b.mp4'])
    expect(listMultipartUploads).toHaveBeenLastCalledWith({Bucket: 'media', Prefix: 'media/', KeyMarker: 'k', UploadIdMarker: 'u'})
  })

  test('that cannot be aborted is an error of the tick', async () => {
    listMultipartUploads.mockResolvedValue(uploads(61))
    abortMultipartUpload.mockRejectedValue(named('AccessDenied'))
    await expect(tick()).rejects.toThrow('first upload-without-owner of a: AccessDenied')
  })
})

describe('every day, an object', () => {
  const stored = (minutes: number, Key = 'media/a.mp4') => ({Contents: [{Key, LastModified: new Date(before(minutes))}]})
  const daily = (): Promise<string[]> => found('ReconcileFilesDaily')

  test.each([
    ['of no record', 24 * 60 + 1, undefined, ['object-without-record mended']],
    ['of no record yet', 24 * 60 - 1, undefined, []],
    ['of a file that is Downloaded', 10_000, file('Downloaded', {s3Key: 'media/a.mp4'}), []],
    ['of an earlier attempt', 10_000, file('Failed', whole), []],
    ['that came as its file was cancelled', 24 * 60 + 1, file('Failed', {error: {code: 'CancelledError'}}), ['object-without-record mended']],
    ['that came as its file was cancelled just now', 24 * 60 - 1, file('Failed', {error: {code: 'CancelledError'}}), []]
  ])('%s, %i minutes old', async (_, minutes, record, drift) => {
    listObjects.mockResolvedValue(stored(minutes))
    if (record !== undefined) {
      await table.put(record)
    }
    expect(await daily()).toEqual(drift)
    expect(deleteObject.mock.calls).toEqual(drift.map(() => [{Bucket: 'media', Key: 'media/a.mp4'}]))
  })

  test('that the record has another in place of is removed', async () => {
    listObjects.mockResolvedValue({Contents: [...stored(10_000).Contents, ...stored(10_000, 'media/a.webm').Contents]})
    await table.put(file('Downloaded', {s3Key: 'media/a.webm'}))
    expect(await daily()).toEqual(['object-without-record mended'])
    expect(deleteObject).toHaveBeenCalledWith({Bucket: 'media', Key: 'media/a.mp4'})
  })

  test.each([[61, ['object-without-completion mended']], [59, []]])('of the current attempt that is %i minutes old completes even a file that Failed', async (minutes, drift) => {
    listObjects.mockResolvedValue(stored(minutes))
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-1'}})
    await table.put(file('Failed', whole))
    expect(await daily()).toEqual(drift)
  })

  test('is found on every page', async () => {
    listObjects.mockResolvedValueOnce({...stored(10_000), NextContinuationToken: 'next'}).mockResolvedValueOnce(stored(10_000, 'media/b.mp4'))
    expect(await daily()).toHaveLength(2)
    expect(listObjects).toHaveBeenLastCalledWith({Bucket: 'media', Prefix: 'media/', ContinuationToken: 'next'})
  })

  test('that is missing is fetched again by a new attempt', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    expect(await daily()).toEqual(['record-without-object mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('Failed', {
      s3Key: 'media/a.mp4', updatedAt: now, error: {code: 'StorageError', message: 'The file is not in the store any more. It is being fetched again.', retryable: true}
    }))
    expect(payloads()).toEqual([['RequestFile', {userId: 'ann', url: sourceUrl, correlationId: expect.any(String)}]])
  })

  test('whose time is over is not missing, and not fetched again', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4', expiresAt: Date.parse(now) / 1_000}), user)
    expect(await daily()).toEqual([])
  })

  test('that came after the bucket was listed is not missing', async () => {
    headObject.mockResolvedValue({ContentLength: 7})
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    expect(await daily()).toEqual([])
  })
})

describe('an examination', () => {
  test('changes nothing where it is a dry run', async () => {
    listMultipartUploads.mockResolvedValue({Uploads: [{Key: 'media/b.mp4', UploadId: 'u-1', Initiated: new Date(before(61))}]})
    await table.put(file('Requested', {...fileKey('r'), fileId: 'r'}), file('Downloading', {claimedBy: 'arn:old'}), user)
    const items = await table.all()
    const report = await handler({scope: 'all', dryRun: true}, context)
    expect({...report, drift: report.drift.map(({kind, outcome}) => `${kind} ${outcome}`)}).toEqual({
      scope: 'all', found: 3, failed: 0, drift: ['request-without-event found', 'claim-without-execution found', 'upload-without-owner found']
    })
    expect(await table.all()).toEqual(items)
    expect([invoke, startExecution, abortMultipartUpload].map((mock) => mock.mock.calls.length)).toEqual([0, 0, 0])
  })

  test('tells a file once, however it was found', async () => {
    headObject.mockResolvedValue({ContentLength: 7, Metadata: {'correlation-id': 'c-1'}})
    listObjects.mockResolvedValue({Contents: [{Key: 'media/a.mp4', LastModified: new Date(before(61))}]})
    await table.put(file('Downloading', {claimedBy: 'arn:old', ...whole}))
    expect(await handler({scope: 'all', dryRun: true}, context)).toEqual(expect.objectContaining({found: 1}))
  })

  test('throws where it cannot look', async () => {
    describeExecution.mockRejectedValue(named('AccessDeniedException'))
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    await expect(handler({scope: 'all', dryRun: true}, context)).rejects.toThrow('AccessDeniedException')
  })
})
