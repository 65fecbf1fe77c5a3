import {EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb'
import {GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {contractVersions} from '../../src/types/eventbridge'
import {fileUserKey} from '../../src/util/files/keys'
import {eventsOf, notificationsOf, quiet, registerDevice} from '../helpers/api'
import {example} from '../helpers/example'
import {runProgramIn} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

interface Listed {
  readonly id: string
  readonly event: string
  readonly consumers: readonly string[]
  readonly readBy?: string
  readonly reason: string
  readonly state: string
  readonly envelope: {readonly detail: unknown}
}

const failed = example('FileDownloadFailed', 'gone')
const {fileId} = failed
const broken = {...failed, retryable: 'no'}
const account = {AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x'}

let system: System
let events: EventBridgeClient
let sqs: SQSClient

const quarantine = (...args: readonly string[]) => runProgramIn({AWS_ENDPOINT_URL: system.address, ...account}, 'ops/main.ts', 'quarantine', ...args)
const list = async (): Promise<Listed[]> => JSON.parse((await quarantine('list', '--json')).lines.join('\n')) as Listed[]
const inQuarantine = (count: number): Promise<Listed[]> => eventually(`${count} events in quarantine`, async () => {
  const cases = await list()
  return cases.length === count ? cases : undefined
})
/** Past our own publish helpers, which would refuse it. */
const put = (detailType: string, source: string, detail: unknown) => events.send(new PutEventsCommand({
  Entries: [{EventBusName: 'MediaDownloaderEvents', Source: source, DetailType: detailType, Detail: JSON.stringify(detail)}]
}))

beforeAll(async () => {
  system = await startSystem(['--ephemeral', '--fast-retries'])
  const client = {endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}}
  events = new EventBridgeClient(client)
  sqs = new SQSClient(client)
  await registerDevice(system, 'ann', 'phone')
  await DynamoDBDocumentClient.from(new DynamoDBClient(client)).send(new PutCommand({
    TableName: 'MediaDownloader', Item: {...fileUserKey(fileId, 'ann'), fileId, userId: 'ann', requestedAt: failed.failedAt}
  }))
})

afterAll(async () => {
  events?.destroy()
  sqs?.destroy()
  await system?.stop()
})

describe('an event that a consumer cannot parse', () => {
  it('is in quarantine with its reason, the version of its contract and its envelope, and has had no effect', async () => {
    await put('FileDownloadFailed', 'mediadownloader.download', broken)
    const [one] = await inQuarantine(1)
    expect(one).toMatchObject({
      event: 'FileDownloadFailed', consumers: ['SendPushNotification'], readBy: contractVersions.FileDownloadFailed, state: 'unfit', envelope: {detail: broken}
    })
    expect(one!.reason).toContain('detail.retryable must be boolean, got "no"')
    expect(notificationsOf(system)).toEqual([])
  })

  it('is not reinjected as it is', async () => {
    const {code, lines} = await quarantine('reinject', '--all')
    expect({code, lines}).toEqual({code: 1, lines: ['0 published, 1 left.', expect.stringContaining('detail.retryable must be boolean')]})
  })

  it('is not fixed beyond what is wrong', async () => {
    const [{id}] = await list() as [Listed]
    const {code, errors} = await quarantine('fix', id, '--set', 'retryable=false', '--set', 'correlationId=another')
    expect({code, errors}).toEqual({code: 1, errors: expect.stringContaining(`detail.correlationId was right and must stay "${failed.correlationId}"`)})
  })

  it('is fixed in quarantine, where the next operator finds the fix', async () => {
    const [{id}] = await list() as [Listed]
    expect(await quarantine('fix', id.slice(0, 8), '--set', 'retryable=false')).toMatchObject({code: 0, errors: ''})
    expect(await list()).toMatchObject([{id, state: 'ready', envelope: {detail: broken}, fixed: failed}])
  })

  it('has its effect once, though it is reinjected twice', async () => {
    const url = (await sqs.send(new GetQueueUrlCommand({QueueName: 'SendPushNotification-failed'}))).QueueUrl!
    const {Messages = []} = await sqs.send(new ReceiveMessageCommand({QueueUrl: url, VisibilityTimeout: 0}))
    expect((await quarantine('reinject', '--all')).lines).toEqual(['1 published, 0 left.'])
    expect(await list()).toEqual([])
    // As if the program had died between the bus and the queue.
    await sqs.send(new SendMessageCommand({QueueUrl: url, MessageBody: Messages[0]!.Body!}))
    expect((await quarantine('reinject', '--all')).lines).toEqual(['1 published, 0 left.'])
    await eventually('the push', () => notificationsOf(system)[0])
    await quiet()
    expect(notificationsOf(system).map((line) => line['userId'])).toEqual(['ann'])
    expect(eventsOf(system, 'FileDownloadFailed').map((line) => (line['event'] as {detail: unknown}).detail)).toEqual([broken, failed, failed])
  })

  it('is shown to people as well', async () => {
    await put('FileRequested', 'mediadownloader.request', {...example('FileRequested', 'direct'), userId: 7})
    const [{id}] = await inQuarantine(1) as [Listed]
    const {lines} = await quarantine('show', id)
    expect(lines).toEqual(expect.arrayContaining([`FileRequested ${id}`, '  today      unfit: detail.userId must be string']))
    expect((await quarantine('list')).lines[1]).toMatch(new RegExp(`^${id} +FileRequested +StartFileUpload +\\S+ +unfit +detail.userId must be string$`))
  })
})
