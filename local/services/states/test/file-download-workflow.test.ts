import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {DynamoDBClient, GetItemCommand, PutItemCommand} from '@aws-sdk/client-dynamodb'
import {createDynamoDb} from '../../dynamodb/service'
import {type Asked, serve} from '../../events/test/ask'
import {type ManualClock, manualClock} from '../../events/test/manual-clock'
import {findPlace} from '../../../../shared/wiring/place'
import {text} from '../../../../shared/wiring/values'
import {readWiring} from '../../../../shared/wiring/wiring'
import {bench, type Bench, EXECUTION, type FunctionBody} from './workflows'
import type {Service} from '../../../runtime/core/types'

/** The workflow that is deployed, on a real table: what the project needs of the engine. */
const wiring = readWiring(new URL('../../../wiring.json', import.meta.url))
const definition = text(wiring.ofType('aws_sfn_state_machine').find(({values}) => text(values, 'name') === 'FileDownloadWorkflow')?.values ?? {}, 'definition')

let clock: ManualClock
let table: Service
let asked: Asked
let client: DynamoDBClient

beforeAll(async () => {
  clock = manualClock()
  table = await createDynamoDb({clock, wiring, place: findPlace(wiring)})
  asked = await serve(table)
  client = new DynamoDBClient({endpoint: asked.address, region: 'us-west-2', credentials: {accessKeyId: 'k', secretAccessKey: 's'}})
})
afterAll(async () => {
  client.destroy()
  await asked.close()
  await table.stop?.()
})
beforeEach(() => { clock = manualClock() })

const key = {PK: {S: 'FILE#f1'}, SK: {S: 'FILE'}}
const record = (more: Record<string, {S: string}> = {}) => client.send(new PutItemCommand({TableName: 'MediaDownloader', Item: {
  ...key, fileId: {S: 'f1'}, correlationId: {S: 'c1'}, sourceUrl: {S: 'http://media/x.mp4'}, availableAt: {S: '2026-11-24T11:00:00.000Z'}, status: {S: 'MetadataReady'}, ...more
}}))
const stored = async () => (await client.send(new GetItemCommand({TableName: 'MediaDownloader', Key: key}))).Item

const starting = (functions: Readonly<Record<string, FunctionBody>>): Bench => bench(definition, functions, {clock, endpoint: () => asked.address})

/** Calls to the table take real time, waits that of the clock. */
const ended = async (work: Bench, milliseconds = 0): Promise<void> => {
  for (let turn = 0; work.look().status === 'RUNNING' && turn < 500; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    await clock.advance(milliseconds)
  }
}

const whole = {fileId: 'f1', s3Key: 'media/f1.mp4', size: 5, contentType: 'video/mp4', uploadId: 'u1', ranges: []}
const TransferFile: FunctionBody = () => whole

describe('FileDownloadWorkflow on the embedded engine', () => {
  it('claims the file, announces the start and has it transferred', async () => {
    await record()
    const work = starting({TransferFile})
    work.start({fileId: 'f1'})
    await ended(work)
    expect(work.look()).toEqual({status: 'SUCCEEDED', output: whole})
    expect(work.calls).toEqual([{name: 'TransferFile', input: {fileId: 'f1', correlationId: 'c1', executionArn: `${EXECUTION}:run`}}])
    expect(work.published.map(({DetailType, Detail}) => [DetailType, JSON.parse(Detail ?? '')])).toEqual([['FileDownloadStarted', {
      fileId: 'f1', correlationId: 'c1', sourceUrl: 'http://media/x.mp4', startedAt: '2026-11-24T12:00:00.000Z', executionArn: `${EXECUTION}:run`
    }]])
    expect((await stored())?.['claimedBy']).toEqual({S: `${EXECUTION}:run`})
  })

  it('ends well, and does nothing, where another execution has the file', async () => {
    await record({claimedBy: {S: 'another'}})
    const work = starting({TransferFile})
    work.start({fileId: 'f1'})
    await ended(work)
    expect([work.look().status, work.calls, work.published]).toEqual(['SUCCEEDED', [], []])
    expect(work.trail()).toContain('SucceedStateEntered:AlreadyClaimed')
  })

  it('waits until the media is available', async () => {
    await record({availableAt: {S: '2026-11-25T12:00:00.000Z'}, status: {S: 'Scheduled'}})
    const work = starting({TransferFile})
    work.start({fileId: 'f1'})
    await ended(work, 3_600_000)
    expect(work.look().status).toBe('SUCCEEDED')
    expect(work.published.map(({DetailType, Detail}) => [DetailType, (JSON.parse(Detail ?? '') as {startedAt: string}).startedAt]))
      .toEqual([['FileDownloadStarted', '2026-11-25T12:00:00.000Z']])
  })

  it('records and announces a failure that is final', async () => {
    await record()
    const work = starting({TransferFile: () => { throw Object.assign(new Error('The source says 404.'), {name: 'SourceNotFoundError'}) }})
    work.start({fileId: 'f1'})
    await ended(work)
    expect(work.look()).toEqual({status: 'FAILED', error: 'SourceNotFoundError', cause: 'The source says 404.'})
    expect(work.published.map(({DetailType, Detail}) => [DetailType, JSON.parse(Detail ?? '')]).at(-1)).toEqual(['FileDownloadFailed', {
      fileId: 'f1', correlationId: 'c1', errorCode: 'SourceNotFoundError', errorMessage: 'The source says 404.', retryable: false, failedAt: '2026-11-24T12:00:00.000Z'
    }])
    const item = await stored()
    expect([item?.['status'], item?.['claimedBy'], item?.['error']]).toEqual([{S: 'Failed'}, undefined,
      {M: {code: {S: 'SourceNotFoundError'}, message: {S: 'The source says 404.'}, retryable: {BOOL: false}}}])
  })

  it('ends without a word where there is no record to claim', async () => {
    const work = starting({TransferFile})
    work.start({fileId: 'unknown'})
    await ended(work)
    expect(work.trail()).toContain('SucceedStateEntered:AlreadyClaimed')
  })

  it('repeats while the table cannot be reached', async () => {
    const work = bench(definition, {TransferFile}, {clock, endpoint: () => 'http://127.0.0.1:1'})
    work.start({fileId: 'f1'})
    await ended(work, 60_000)
    expect(work.events().filter(({type}) => type === 'TaskFailed').map((event) => (event['taskFailedEventDetails'] as {error: string}).error).slice(0, 7))
      .toEqual(Array(7).fill('DynamoDB.SdkClientException'))
  })
})
