import {SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, expect, it} from '@jest/globals'
import {eventsOf, notificationsOf, quiet, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {runProgramIn} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

const credentials = {AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x'}
const arn = (service: string, rest: string): string => `arn:aws:${service}:us-west-2:123456789012:${rest}`

let site: MediaSite
let system: System

beforeAll(async () => {
  site = await startMediaSite()
  system = await startSystem(['--ephemeral', '--allow-private-sources'])
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
})

const send = async (queue: string, body: unknown, attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
  const client = new SQSClient({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}})
  await client.send(new SendMessageCommand({
    QueueUrl: `${system.address}/123456789012/${queue}`,
    MessageBody: JSON.stringify(body),
    MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, {DataType: 'String', StringValue}]))
  }))
}

/** The event of a file that is done, as the rule could not hand it over. */
const undelivered = (rule: string, target: string, event: string): Promise<void> => send(`${rule}-undelivered`, eventsOf(system, event)[0]!['event'], {
  RULE_ARN: arn('events', `rule/MediaDownloaderEvents/${rule}`), TARGET_ARN: target, ERROR_CODE: 'SDK_CLIENT_ERROR', ERROR_MESSAGE: 'lost', RETRY_ATTEMPTS: '185'
})

/** The same event, as the function failed to handle it. */
const unhandled = (name: string, event: string): Promise<void> => send(`${name}-failed`, {
  version: '1.0',
  requestContext: {requestId: 'q', functionArn: `${arn('lambda', `function:${name}`)}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 3},
  requestPayload: eventsOf(system, event)[0]!['event'],
  responsePayload: {errorType: 'StorageError', errorMessage: 'lost'}
})

const redrive = async (...args: readonly string[]): Promise<string | undefined> =>
  (await runProgramIn({AWS_ENDPOINT_URL: system.address, ...credentials}, 'ops/main.ts', 'dlq', 'redrive', ...args)).lines[0]

const invocationsOf = (name: string): number => system.lines.filter(({type, functionName}) => type === 'invocation' && functionName === name).length

const effects = (): unknown => ({
  fetched: site.requests.filter(({path}) => path.includes('redriven')).length,
  objects: system.lines.filter(({type}) => type === 'object').length,
  completed: eventsOf(system, 'FileDownloadCompleted').length,
  failed: eventsOf(system, 'FileDownloadFailed').length,
  pushes: notificationsOf(system).length
})

it('redriving every event of a file that is done, again and again, fetches nothing twice and tells no one twice', async () => {
  await registerDevice(system, 'ann', 'phone')
  const {body: {fileId}} = await requestFile(system, 'ann', site.url('/clip.mp4?name=redriven'))
  expect((await settledFile(system, 'ann', fileId)).status).toBe('Downloaded')
  await eventually('the push', () => notificationsOf(system)[0])
  await quiet()
  const before = effects()
  expect(before).toMatchObject({objects: 1, completed: 1, failed: 0, pushes: 1})

  for (const way of [[], [], ['--via', 'bus']]) {
    const handled = {metadata: invocationsOf('StartFileUpload'), pushes: invocationsOf('SendPushNotification')}
    await undelivered('FileRequested', arn('lambda', 'function:StartFileUpload'), 'FileRequested')
    await undelivered('TriggerFileDownload', arn('states', 'stateMachine:FileDownloadWorkflow'), 'FileMetadataReady')
    await undelivered('FileDownloadCompleted', arn('lambda', 'function:SendPushNotification'), 'FileDownloadCompleted')
    await unhandled('StartFileUpload', 'FileRequested')
    await unhandled('SendPushNotification', 'FileDownloadCompleted')
    expect(await redrive(...way)).toBe('5 sent on their way again, 0 left.')
    await eventually('both functions to have handled theirs', () =>
      (invocationsOf('StartFileUpload') >= handled.metadata + 2 && invocationsOf('SendPushNotification') >= handled.pushes + 2) || undefined)
    await quiet()
  }
  // What was redriven to the bus is on it a second time, as the archive will tell; its effects are not.
  expect(effects()).toEqual({...before as object, completed: 3})
}, 120_000)
