import {
  AbortMultipartUploadCommand, CreateMultipartUploadCommand, HeadObjectCommand, ListMultipartUploadsCommand, UploadPartCommand
} from '@aws-sdk/client-s3'
import {DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand} from '@aws-sdk/client-dynamodb'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {createDynamoDb} from '../../dynamodb/service'
import {type Served, serve} from '../../../runtime/engines/test/serve'
import {type ManualClock, manualClock} from '../../events/test/manual-clock'
import {bucketWiring, openBucket, type TestBucket} from '../../s3/test/bucket'
import {findPlace} from '../../../../shared/wiring/place'
import {text} from '../../../../shared/wiring/values'
import {readWiring} from '../../../../shared/wiring/wiring'
import type {Service} from '../../../runtime/core/types'
import {bench, type Bench, type FunctionBody} from './workflows'

/** The workflow that is deployed, on a real table and a real bucket: what comes after TransferFile has planned ranges. */
const wiring = readWiring(new URL('../../../wiring.json', import.meta.url))
const Bucket = text(wiring.ofType('aws_s3_bucket').find(({name}) => name === 'Media')!.values, 'bucket')
const definition = text(wiring.ofType('aws_sfn_state_machine')[0]!.values, 'definition').replaceAll(Bucket, 'media-bucket')
const Key = 'media/f1.mp4'
const PK = {PK: {S: 'FILE#f1'}, SK: {S: 'FILE'}}

let clock: ManualClock
let table: Service
let bucket: TestBucket
let served: Served
let dynamo: DynamoDBClient
let UploadId: string

beforeAll(async () => {
  clock = manualClock()
  table = await createDynamoDb({clock, wiring, place: findPlace(wiring)})
  bucket = await openBucket({wiring: bucketWiring()})
  served = await serve([table, bucket.service])
  dynamo = new DynamoDBClient({endpoint: served.address, region: 'us-west-2', credentials: {accessKeyId: 'k', secretAccessKey: 's'}})
})
afterAll(async () => {
  dynamo.destroy()
  await served.close()
  await bucket.close()
  await table.stop?.()
})
beforeEach(async () => {
  clock = manualClock()
  UploadId = (await bucket.client.send(new CreateMultipartUploadCommand({Bucket: 'media-bucket', Key}))).UploadId!
  await dynamo.send(new PutItemCommand({TableName: 'MediaDownloader', Item: {
    ...PK, fileId: {S: 'f1'}, correlationId: {S: 'c1'}, sourceUrl: {S: 'http://media/x.mp4'}, availableAt: {S: '2026-11-24T11:00:00.000Z'}, status: {S: 'MetadataReady'}
  }}))
})

afterEach(async () => {
  const {Uploads = []} = await bucket.client.send(new ListMultipartUploadsCommand({Bucket: 'media-bucket'}))
  await Promise.all(Uploads.map((upload) => bucket.client.send(new AbortMultipartUploadCommand({Bucket: 'media-bucket', Key, UploadId: upload.UploadId}))))
})

const part = Buffer.alloc(5 * 1024 * 1024, 3)
const size = 3 * part.length
const ranges = [1, 2, 3].map((number) => ({firstPart: number, lastPart: number}))
const TransferFile: FunctionBody = () => ({fileId: 'f1', s3Key: Key, size, contentType: 'video/mp4', uploadId: UploadId, ranges})
const send = async (PartNumber: number): Promise<unknown> => {
  const {ETag} = await bucket.client.send(new UploadPartCommand({Bucket: 'media-bucket', Key, UploadId, PartNumber, Body: part}))
  return {parts: [{PartNumber, ETag}]}
}
const numberOf = (input: unknown): number => (input as {range: {firstPart: number}}).range.firstPart
const TransferRange: FunctionBody = (input) => send(numberOf(input))
const error = (name: string): Error => Object.assign(new Error(`A sentence about ${name}.`), {name})

const run = async (functions: Readonly<Record<string, FunctionBody>>): Promise<Bench> => {
  const work = bench(definition, functions, {clock, endpoint: () => served.address})
  work.start({fileId: 'f1'})
  for (let turn = 0; work.look().status === 'RUNNING' && turn < 2_000; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3))
    await clock.advance(5_000)
  }
  return work
}
const callsOf = (work: Bench, name: string): number => work.calls.filter((call) => call.name === name).length
const openUploads = async (): Promise<number> => ((await bucket.client.send(new ListMultipartUploadsCommand({Bucket: 'media-bucket'}))).Uploads ?? []).length
const status = async (): Promise<string | undefined> => (await dynamo.send(new GetItemCommand({TableName: 'MediaDownloader', Key: PK}))).Item?.['status']?.S

/** Fails the first time it is asked for a part. */
const onceFailing = (name: string, number = 2): FunctionBody => {
  let failed = false
  return (input) => {
    if (numberOf(input) === number && !failed) {
      failed = true
      throw error(name)
    }
    return send(numberOf(input))
  }
}

describe('A transfer by ranges', () => {
  it('becomes one object of all parts in order', async () => {
    const work = await run({TransferFile, TransferRange})
    expect(work.look()).toEqual({status: 'SUCCEEDED', output: {fileId: 'f1', s3Key: Key, size, contentType: 'video/mp4', uploadId: UploadId, ranges}})
    const {ContentLength, ETag} = await bucket.client.send(new HeadObjectCommand({Bucket: 'media-bucket', Key}))
    expect([ContentLength, ETag?.endsWith('-3"'), await openUploads()]).toEqual([size, true, 0])
    expect(work.calls.filter(({name}) => name === 'TransferRange').map(({input}) => input)).toContainEqual({
      fileId: 'f1', correlationId: 'c1', executionArn: expect.stringMatching(/:run$/), uploadId: UploadId, index: 1, range: {firstPart: 2, lastPart: 2}
    })
  })

  it.each(['TransientSourceError', 'TransferTimeoutError', 'StorageError', 'Runtime.ExitError'])('has a range alone tried again after %s', async (name) => {
    const work = await run({TransferFile, TransferRange: onceFailing(name)})
    expect([work.look().status, callsOf(work, 'TransferFile'), callsOf(work, 'TransferRange')]).toEqual(['SUCCEEDED', 1, 4])
  })

  it.each(['RateLimitedError', 'SourceChangedError', 'PlanExpiredError'])('waits and is planned again after %s, with its parts kept', async (name) => {
    const work = await run({TransferFile, TransferRange: onceFailing(name)})
    expect([work.look().status, callsOf(work, 'TransferFile'), await openUploads()]).toEqual(['SUCCEEDED', 2, 0])
  })

  it('keeps its parts for the next attempt where the source fails for good but may come back', async () => {
    const work = await run({TransferFile, TransferRange: (input) => { throw error(numberOf(input) === 2 ? 'TransientSourceError' : 'TransferTimeoutError') }})
    expect([work.look().status, await status(), await openUploads()]).toEqual(['FAILED', 'Failed', 1])
    expect(work.published.map(({DetailType}) => DetailType)).toEqual(['FileDownloadStarted', 'FileDownloadFailed'])
  })

  it('leaves nothing in S3 where asking again does not help', async () => {
    const work = await run({TransferFile, TransferRange: onceFailing('SourceNotFoundError')})
    expect([work.look().error, await status(), await openUploads()]).toEqual(['SourceNotFoundError', 'Failed', 0])
  })

  it('of which a part is missing in the end is not completed', async () => {
    const work = await run({TransferFile, TransferRange: (input) => numberOf(input) === 3 ? {parts: []} : send(numberOf(input))})
    expect([work.look().status, work.look().error, await openUploads()]).toEqual(['FAILED', 'ServiceError', 0])
  })

  it('asks TransferFile where its upload is gone: it may be complete already', async () => {
    let asked = 0
    const gone: FunctionBody = () => (++asked === 1
      ? {fileId: 'f1', s3Key: Key, size, contentType: 'video/mp4', uploadId: 'gone', ranges}
      : {fileId: 'f1', s3Key: Key, size, contentType: 'video/mp4', uploadId: 'gone', ranges: []})
    const work = await run({TransferFile: gone, TransferRange: (input) => ({parts: [{PartNumber: numberOf(input), ETag: '"1"'}]})})
    expect([work.look().status, asked]).toEqual(['SUCCEEDED', 2])
  })

  it('leaves no upload, and no word, where the claim is another\'s by now', async () => {
    const lost: FunctionBody = async () => {
      await dynamo.send(new UpdateItemCommand({
        TableName: 'MediaDownloader', Key: PK, UpdateExpression: 'SET claimedBy = :other', ExpressionAttributeValues: {':other': {S: 'arn:other'}}
      }))
      throw error('ClaimLostError')
    }
    const work = await run({TransferFile, TransferRange: lost})
    expect([work.look().status, work.published.map(({DetailType}) => DetailType), await openUploads()]).toEqual(['SUCCEEDED', ['FileDownloadStarted'], 0])
  })
})
