import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {CreateEventBusCommand, DeleteRuleCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand, GetQueueAttributesCommand, ListQueuesCommand, PurgeQueueCommand, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {eventually, startSystem, type System} from '../helpers/system'

const rule = 'EndpointTest'
const account = {region: 'us-west-2', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}}

/** Whatever speaks EventBridge and SQS: the endpoint in AWS_ENDPOINT_URL, else an embedded runtime of our own. */
describe('A published event', () => {
  let system: System | undefined
  let events: EventBridgeClient
  let sqs: SQSClient
  let queueUrl: string
  const before = {...process.env}

  /** The embedded runtime has the queues of its wiring and makes no others. */
  const someQueue = async (): Promise<string> => {
    const {QueueUrls} = await sqs.send(new ListQueuesCommand({}))
    const url = QueueUrls?.[0] ?? (await sqs.send(new CreateQueueCommand({QueueName: 'endpoint-test'}))).QueueUrl
    return url!
  }

  beforeAll(async () => {
    system = process.env.AWS_ENDPOINT_URL === undefined ? await startSystem() : undefined
    const endpoint = system?.address ?? process.env.AWS_ENDPOINT_URL!
    Object.assign(process.env, {AWS_ENDPOINT_URL: endpoint, AWS_REGION: account.region, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', EVENT_BUS_NAME: 'MediaDownloaderEvents'})
    events = new EventBridgeClient({...account, endpoint})
    sqs = new SQSClient({...account, endpoint})
    await events.send(new CreateEventBusCommand({Name: 'MediaDownloaderEvents'})).catch((error: Error) => {
      expect(error.name).toBe('ResourceAlreadyExistsException')
    })
    queueUrl = await someQueue()
    await sqs.send(new PurgeQueueCommand({QueueUrl: queueUrl}))
    const {Attributes} = await sqs.send(new GetQueueAttributesCommand({QueueUrl: queueUrl, AttributeNames: ['QueueArn']}))
    await events.send(new PutRuleCommand({Name: rule, EventBusName: 'MediaDownloaderEvents', EventPattern: JSON.stringify({'detail-type': ['FileDownloadCompleted'], detail: {fileId: ['endpoint-test']}})}))
    await events.send(new PutTargetsCommand({Rule: rule, EventBusName: 'MediaDownloaderEvents', Targets: [{Id: 'queue', Arn: Attributes!['QueueArn']!}]}))
  })

  afterAll(async () => {
    await events?.send(new RemoveTargetsCommand({Rule: rule, EventBusName: 'MediaDownloaderEvents', Ids: ['queue']}))
    await events?.send(new DeleteRuleCommand({Name: rule, EventBusName: 'MediaDownloaderEvents'}))
    events?.destroy()
    sqs?.destroy()
    await system?.stop()
    process.env = before
  })

  it('reaches the target of a rule, as the guide publishes it', async () => {
    const {publishFileDownloadCompleted} = await import('../../src/util/eventbridge-helpers')
    await publishFileDownloadCompleted({fileId: 'endpoint-test', s3Key: 'videos/test123.mp4', size: 1024, contentType: 'video/mp4'})
    const message = await eventually('the event in the queue', async () =>
      (await sqs.send(new ReceiveMessageCommand({QueueUrl: queueUrl, WaitTimeSeconds: 1}))).Messages?.[0])
    expect(JSON.parse(message.Body!)).toMatchObject({
      version: '0', source: 'mediadownloader.download', 'detail-type': 'FileDownloadCompleted', region: 'us-west-2',
      detail: {fileId: 'endpoint-test', correlationId: expect.stringMatching(/.+/), s3Key: 'videos/test123.mp4', size: 1024, contentType: 'video/mp4'}
    })
  })
})
