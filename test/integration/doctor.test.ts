import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {CreateMultipartUploadCommand, DeleteObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand} from '@aws-sdk/lib-dynamodb'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {fileIdOf} from '../../src/lambdas/RequestFile/src/file-identity'
import {fileKey, fileUserKey} from '../../src/util/files/keys'
import {call, notificationsOf, quiet, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {type Finished, runProgramIn} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'
import {bucketName} from '../helpers/wiring'

interface Drift {
  readonly kind: string
  readonly fileId: string
  readonly outcome: string
}

const TableName = 'MediaDownloader'
const Bucket = bucketName()
const credentials = {accessKeyId: 'x', secretAccessKey: 'x'}

let site: MediaSite
let system: System
let data: string
let table: DynamoDBDocumentClient
let s3: S3Client

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'doctor-'))
  site = await startMediaSite()
  system = await startSystem(['--data', data, '--allow-private-sources', '--fast-retries'])
  const config = {endpoint: system.address, region: 'us-west-2', credentials}
  table = DynamoDBDocumentClient.from(new DynamoDBClient(config))
  s3 = new S3Client({...config, forcePathStyle: true})
  await registerDevice(system, 'ann', 'phone')
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
  rmSync(data, {recursive: true, force: true})
})

const doctor = (...args: readonly string[]): Promise<Finished> => runProgramIn({AWS_ENDPOINT_URL: system.address}, 'ops/main.ts', 'doctor', ...args)

const driftOf = async (...args: readonly string[]): Promise<{code: number | null, drift: Drift[]}> => {
  const {code, lines} = await doctor('--json', ...args)
  return {code, drift: (JSON.parse(lines.join('')) as {drift: Drift[]}).drift}
}

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

/** A file of ann's as a crash may have left it. */
const leave = async (name: string, status: string, more: Record<string, unknown> = {}): Promise<string> => {
  const sourceUrl = site.url(`/clip.mp4?${name}`)
  const fileId = fileIdOf(new URL(sourceUrl))
  const times = {requestedAt: ago(130), availableAt: ago(120), updatedAt: ago(120)}
  await table.send(new PutCommand({TableName, Item: {...fileUserKey(fileId, 'ann'), fileId, userId: 'ann', requestedAt: times.requestedAt}}))
  await table.send(new PutCommand({TableName, Item: {...fileKey(fileId), fileId, sourceUrl, status, correlationId: `attempt-${name}`, ...times, ...more}}))
  return fileId
}

const bringHome = async (name: string): Promise<string> => {
  const {body: {fileId}} = await requestFile(system, 'ann', site.url(`/clip.mp4?${name}`))
  expect(await settledFile(system, 'ann', fileId)).toMatchObject({status: 'Downloaded'})
  return fileId
}

const pushesOf = (fileId: string): number => notificationsOf(system).filter((line) => JSON.stringify(line).includes(fileId)).length

/** Made by hand, then found by the doctor without a change, repaired by `--fix`, and gone: the file is home, and ann was notified once. */
const heals = async (kind: string, fileId: string): Promise<void> => {
  expect(await driftOf()).toEqual({code: 1, drift: [expect.objectContaining({kind, fileId, outcome: 'found'})]})
  expect(await driftOf('--fix')).toEqual({code: 0, drift: [expect.objectContaining({kind, fileId, outcome: 'mended'})]})
  await eventually(`${fileId} to come home`, async () => {
    const {body} = await call<{status: string}>(system, 'ann', 'GET', `/files/${fileId}`)
    return body.status === 'Downloaded' || undefined
  })
  await eventually('the push', () => pushesOf(fileId) > 0 || undefined)
  await quiet(500)
  expect(pushesOf(fileId)).toBe(1)
  expect(await driftOf()).toEqual({code: 0, drift: []})
}

describe('The doctor heals a file', () => {
  it('whose request died before its event', async () => {
    await heals('request-without-event', await leave('unannounced', 'Requested'))
  }, 60_000)

  it('whose event led to nothing', async () => {
    await heals('request-without-event', await leave('lost-request', 'Requested', {announcedAt: ago(61)}))
  }, 60_000)

  it('whose metadata no execution took up', async () => {
    await heals('metadata-without-execution', await leave('lost-metadata', 'MetadataReady', {title: 'A'}))
  }, 60_000)

  it('whose execution is gone', async () => {
    const claimedBy = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:gone'
    await heals('claim-without-execution', await leave('lost-execution', 'Downloading', {title: 'A', claimedBy, extractor: 'direct'}))
  }, 60_000)

  it('whose object is missing, without a second push', async () => {
    const fileId = await bringHome('missing-object')
    await s3.send(new DeleteObjectCommand({Bucket, Key: `media/${fileId}.mp4`}))
    await heals('record-without-object', fileId)
    const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket, Prefix: `media/${fileId}`}))
    expect(Contents).toHaveLength(1)
  }, 60_000)

  it('whose bucket notification was lost', async () => {
    const fileId = await bringHome('lost-notification')
    const {Item} = await table.send(new GetCommand({TableName, Key: fileKey(fileId)}))
    await table.send(new UpdateCommand({
      TableName, Key: fileKey(fileId), UpdateExpression: 'SET #status = :downloading, updatedAt = :ago REMOVE completedAt', ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':downloading': 'Downloading', ':ago': ago(60)}
    }))
    expect(Item).toMatchObject({status: 'Downloaded', claimedBy: expect.any(String)})
    await heals('object-without-completion', fileId)
  }, 60_000)
})

describe('The doctor', () => {
  it('says which yt-dlp reads pages, and how old it is', async () => {
    expect(JSON.parse((await doctor('--json')).lines.join(''))).toMatchObject({ytDlp: {where: 'yt-dlp', version: expect.stringMatching(/^\d{4}\./), days: expect.any(Number)}})
    expect((await doctor()).lines.at(-1)).toMatch(/^yt-dlp \(yt-dlp\): version \d{4}\.[\d.]+, \d+ days? old\./)
  }, 60_000)

  it('leaves alone what is young: an upload that was begun just now, and an object without a record yet', async () => {
    await s3.send(new CreateMultipartUploadCommand({Bucket, Key: 'media/url-0.mp4'}))
    await s3.send(new PutObjectCommand({Bucket, Key: 'media/url-1.mp4', Body: 'x'}))
    expect(await driftOf()).toEqual({code: 0, drift: []})
    expect((await s3.send(new ListMultipartUploadsCommand({Bucket}))).Uploads).toHaveLength(1)
  })

  it('looks into a folder of data that no one runs on, says so where someone does, and says where there is none', async () => {
    expect(await runProgramIn({}, 'ops/main.ts', 'doctor', '--data', data)).toMatchObject({code: 2, errors: expect.stringContaining('Another runtime (process ')})
    expect(await runProgramIn({}, 'ops/main.ts', 'doctor', '--data', join(data, 'none'))).toMatchObject({code: 2, errors: expect.stringContaining('there is none')})
    await leave('of-the-folder', 'MetadataReady', {title: 'A'})
    await system.stop()
    expect(await runProgramIn({}, 'ops/main.ts', 'doctor', '--data', data)).toMatchObject({code: 1, lines: expect.arrayContaining([expect.stringContaining('metadata-without-execution')])})
  }, 60_000)

  it('says so where no one answers', async () => {
    expect(await runProgramIn({AWS_ENDPOINT_URL: 'http://127.0.0.1:1'}, 'ops/main.ts', 'doctor')).toMatchObject({code: 2, errors: expect.stringContaining('Start the local stack with npm start')})
  })
})
