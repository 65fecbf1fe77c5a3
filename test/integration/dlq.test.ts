import {SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {envelopeOf} from '../helpers/envelope'
import {example} from '../helpers/example'
import {runProgramIn} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

const failed = envelopeOf('FileDownloadFailed', example('FileDownloadFailed', 'transient'))
const request = example('FileRequested', 'direct')
const requested = envelopeOf('FileRequested', request)
const functionArn = (name: string): string => `arn:aws:lambda:us-west-2:123456789012:function:${name}`
const credentials = {AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x'}

let system: System

const send = async (queue: string, body: unknown, attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
  const client = new SQSClient({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}})
  await client.send(new SendMessageCommand({
    QueueUrl: `${system.address}/123456789012/${queue}`,
    MessageBody: JSON.stringify(body),
    MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, {DataType: 'String', StringValue}]))
  }))
}

const dlq = (...args: readonly string[]) => runProgramIn({AWS_ENDPOINT_URL: system.address, ...credentials}, 'ops/main.ts', 'dlq', ...args)

const listed = async (): Promise<unknown> => {
  const {lines} = await dlq('list', '--json')
  return (JSON.parse(lines.join('\n')) as {queue: string, from: string, error: string, event: string, count: number}[])
    .map(({queue, from, error, event, count}) => `${count} ${event} by ${from}: ${error} (${queue})`).sort()
}

const lost = `1 FileRequested by FileRequested: NO_RESOURCE (FileRequested-undelivered)`
const pushes = `2 FileDownloadFailed by SendPushNotification: PushFailedError (SendPushNotification-failed)`

beforeAll(async () => {
  system = await startSystem()
  const record = {
    version: '1.0',
    requestContext: {requestId: 'q', functionArn: `${functionArn('SendPushNotification')}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 3},
    requestPayload: failed,
    responsePayload: {errorType: 'PushFailedError', errorMessage: 'No one could be told.'}
  }
  await send('SendPushNotification-failed', record)
  await send('SendPushNotification-failed', record)
  await send('FileRequested-undelivered', requested, {
    RULE_ARN: 'arn:aws:events:us-west-2:123456789012:rule/MediaDownloaderEvents/FileRequested',
    TARGET_ARN: functionArn('Gone'), ERROR_CODE: 'NO_RESOURCE', ERROR_MESSAGE: 'There is no such function.', RETRY_ATTEMPTS: '0'
  })
})

afterAll(() => system?.stop())

describe('npm run dlq', () => {
  it('lists what lies in every queue, by rule or function, error and event, and takes nothing away', async () => {
    expect(await listed()).toEqual([lost, pushes])
    expect(await listed()).toEqual([lost, pushes])
  })

  it('shows each message with its file and its event', async () => {
    const {code, lines} = await dlq('show', 'FileRequested-undelivered')
    expect({code, text: lines.join('\n')}).toEqual({code: 0, text: expect.stringContaining(request.fileId)})
    expect(lines.join('\n')).toContain('FileRequested by FileRequested: NO_RESOURCE (There is no such function.), after 1 attempts')
  })

  it('redrives what can be redriven to its function, and keeps the rest with the reason', async () => {
    const {code, lines} = await dlq('redrive')
    expect({code, first: lines[0]}).toEqual({code: 1, first: '2 sent on their way again, 1 left.'})
    expect(lines[1]).toMatch(/FileRequested-undelivered: .*Gone/)
    await eventually('two invocations', () => system.lines.filter(({type, functionName: name}) => type === 'invocation' && name === 'SendPushNotification').length >= 2 || undefined)
    expect(await listed()).toEqual([lost])
  })

  it('redrives an event whose target is gone to the bus', async () => {
    const {code, lines} = await dlq('redrive', 'FileRequested-undelivered', '--via', 'bus', '--event', 'FileRequested')
    expect({code, first: lines[0]}).toEqual({code: 0, first: '1 sent on their way again, 0 left.'})
    await eventually('the event', () => system.lines.find(({type, event}) => type === 'event' && (event as {'detail-type': string})['detail-type'] === 'FileRequested'))
    expect(await listed()).toEqual([])
  })

  it('removes nothing for good unless someone says yes', async () => {
    await send('S3ObjectCreated-failed', 'hello')
    const asked = await dlq('purge')
    expect({code: asked.code, errors: asked.errors}).toEqual({code: 1, errors: expect.stringContaining('Say --yes to remove 1 messages for good')})
    expect((await dlq('purge', '--yes')).lines).toEqual(['1 removed.'])
    expect(await listed()).toEqual([])
  })

  it('refuses a queue that the stack has not', async () => {
    const {code, errors} = await dlq('show', 'Nothing-failed')
    expect({code, errors}).toEqual({code: 1, errors: expect.stringContaining('Expected queues of this stack; it has no Nothing-failed.')})
  })
})
