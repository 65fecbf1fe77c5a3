import {createHash} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import {realClock} from '../../../runtime/core/clock'
import {serve, type Served} from '../../../runtime/engines/test/serve'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSqs} from '../service'

let served: Served
beforeAll(async () => {
  served = await serve([createSqs({db: openStore(':memory:'), clock: realClock, wiring: parseWiring({values: {root_module: {}}}), endpoint: () => served.address})])
})
afterAll(() => served.close())

const ask = async (parameters: Readonly<Record<string, string>>, path = '/') => {
  const response = await fetch(`${served.address}${path}`, {method: 'POST', body: new URLSearchParams({Version: '2012-11-05', ...parameters}), headers: {
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-west-2/sqs/aws4_request, SignedHeaders=host, Signature=0'
  }})
  return {status: response.status, text: await response.text()}
}

const element = (text: string, name: string): string[] => [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value]) => value!)

describe('The query protocol of SQS', () => {
  it('makes a queue, sends, receives and deletes', async () => {
    const [url = ''] = element((await ask({Action: 'CreateQueue', QueueName: 'Old', 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': '33'})).text, 'QueueUrl')
    expect(url).toMatch(/\/Old$/)
    const sent = await ask({
      Action: 'SendMessage', QueueUrl: url, MessageBody: 'a & b', 'MessageAttribute.1.Name': 'kind', 'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'small'
    })
    expect(element(sent.text, 'MD5OfMessageBody')).toEqual([createHash('md5').update('a & b').digest('hex')])
    const {text} = await ask({Action: 'ReceiveMessage', MaxNumberOfMessages: '10', 'AttributeName.1': 'All', 'MessageAttributeName.1': 'All'}, new URL(url).pathname)
    expect([element(text, 'Body'), element(text, 'StringValue')]).toEqual([['a &amp; b'], ['small']])
    expect(text).toMatch(/<Attribute><Name>SentTimestamp<\/Name><Value>\d+<\/Value><\/Attribute>/)
    await ask({Action: 'DeleteMessage', QueueUrl: url, ReceiptHandle: element(text, 'ReceiptHandle')[0]!})
    const attributes = (await ask({Action: 'GetQueueAttributes', QueueUrl: url, 'AttributeName.1': 'VisibilityTimeout', 'AttributeName.2': 'ApproximateNumberOfMessagesNotVisible'})).text
    expect([element(attributes, 'Name'), element(attributes, 'Value')]).toEqual([['ApproximateNumberOfMessagesNotVisible', 'VisibilityTimeout'], ['0', '33']])
  })

  it('takes batches, entry by entry', async () => {
    const [url = ''] = element((await ask({Action: 'CreateQueue', QueueName: 'Batches'})).text, 'QueueUrl')
    const {text} = await ask({
      Action: 'SendMessageBatch', QueueUrl: url, 'SendMessageBatchRequestEntry.1.Id': 'a', 'SendMessageBatchRequestEntry.1.MessageBody': 'one',
      'SendMessageBatchRequestEntry.2.Id': 'b', 'SendMessageBatchRequestEntry.2.MessageBody': 'two', 'SendMessageBatchRequestEntry.2.DelaySeconds': '901'
    })
    expect(text).toMatch(/<SendMessageBatchResultEntry><Id>a<\/Id>.*<BatchResultErrorEntry><Id>b<\/Id><SenderFault>true<\/SenderFault>/)
  })

  it('lists queues and tags', async () => {
    const [url = ''] = element((await ask({Action: 'CreateQueue', QueueName: 'Tagged'})).text, 'QueueUrl')
    await ask({Action: 'TagQueue', QueueUrl: url, 'Tag.1.Key': 'team', 'Tag.1.Value': 'media'})
    expect((await ask({Action: 'ListQueueTags', QueueUrl: url})).text).toContain('<Tag><Key>team</Key><Value>media</Value></Tag>')
    expect(element((await ask({Action: 'ListQueues', QueueNamePrefix: 'Tag'})).text, 'QueueUrl')).toEqual([url])
  })

  it('has its own codes for what is refused', async () => {
    expect(await ask({Action: 'SendMessage', QueueUrl: 'http://127.0.0.1/1/None', MessageBody: 'x'}))
      .toMatchObject({status: 400, text: expect.stringContaining('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>')})
    expect((await ask({Action: 'StartMessageMoveTask'})).text).toContain('<Code>InvalidAction</Code>')
  })
})
