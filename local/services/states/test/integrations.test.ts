import {createServer} from 'node:http'
import {once} from 'node:events'
import type {AddressInfo} from 'node:net'
import {DatabaseSync} from 'node:sqlite'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Service} from '../../../runtime/core/types'
import {createDynamoDb} from '../../dynamodb/service'
import {type Asked, serve} from '../../events/test/ask'
import {manualClock} from '../../events/test/manual-clock'
import {createSqs} from '../../sqs/service'
import {findPlace} from '../../../../shared/wiring/place'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSdk} from '../integrations/sdk'
import {bench, failed, succeeded} from './workflows'

const QUEUE = 'arn:aws:sqs:us-west-2:123456789012:Queue'
const wiring = parseWiring({values: {root_module: {resources: [
  {address: 't', type: 'aws_dynamodb_table', name: 't', values: {
    name: 'Table', arn: 'arn:aws:dynamodb:us-west-2:123456789012:table/Table', hash_key: 'PK', billing_mode: 'PAY_PER_REQUEST', attribute: [{name: 'PK', type: 'S'}]
  }},
  {address: 'q', type: 'aws_sqs_queue', name: 'q', values: {name: 'Queue', arn: QUEUE}}
]}}})

let table: Service
let dynamo: Asked
let sqs: Asked

beforeAll(async () => {
  const clock = manualClock()
  table = await createDynamoDb({clock, wiring, place: findPlace(wiring)})
  dynamo = await serve(table)
  sqs = await serve(createSqs({db: new DatabaseSync(':memory:'), clock, wiring, endpoint: () => sqs.address}))
})
afterAll(async () => {
  await Promise.all([dynamo.close(), sqs.close()])
  await table.stop?.()
})

/** Runs one task; calls take real time. */
const perform = async (resource: string, parameters: object, endpoint: () => string, more: object = {}) => {
  const work = bench({StartAt: 'T', States: {T: {Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true, ...more}}}, {}, {endpoint})
  work.start({id: 'a'})
  for (let turn = 0; work.look().status === 'RUNNING' && turn < 1000; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return work
}

const onTable = (resource: string, parameters: object) => perform(resource, {TableName: 'Table', ...parameters}, () => dynamo.address)
const key = {Key: {PK: {S: 'a'}}}

describe('dynamodb', () => {
  it('puts, reads, updates and deletes items', async () => {
    expect((await onTable('dynamodb:putItem', {Item: {PK: {'S.$': '$.id'}, n: {N: '1'}}})).look()).toEqual(succeeded({}))
    expect((await onTable('dynamodb:getItem', key)).look()).toEqual(succeeded({Item: {PK: {S: 'a'}, n: {N: '1'}}}))
    expect((await onTable('dynamodb:updateItem', {...key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: {':one': {N: '1'}}, ReturnValues: 'UPDATED_NEW'})).look())
      .toEqual(succeeded({Attributes: {n: {N: '2'}}}))
    expect((await onTable('dynamodb:deleteItem', {...key, ReturnValues: 'ALL_OLD'})).look()).toEqual(succeeded({Attributes: {PK: {S: 'a'}, n: {N: '2'}}}))
  })

  it.each<[string, object, string, string]>([
    ['a condition that is not met', {...key, UpdateExpression: 'SET a = :a', ConditionExpression: 'attribute_exists(PK)', ExpressionAttributeValues: {':a': {S: 'x'}}},
      'DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'],
    ['a table that is not there', {...key, TableName: 'None', UpdateExpression: 'SET a = :a', ExpressionAttributeValues: {':a': {S: 'x'}}},
      'DynamoDB.ResourceNotFoundException', 'ResourceNotFoundException'],
    ['an expression that is none', {...key, UpdateExpression: 'SET'}, 'DynamoDB.AmazonDynamoDBException', 'ValidationException']
  ])('names %s as Step Functions does', async (_name, parameters, error, code) => {
    expect((await onTable('dynamodb:updateItem', parameters)).look())
      .toEqual(failed(error, expect.stringMatching(new RegExp(`\\(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ${code}; Request ID: \\S+; Proxy: null\\)$`))))
  })

  it('that cannot be reached is SdkClientException', async () => {
    const work = await perform('dynamodb:getItem', {TableName: 'Table', ...key}, () => 'http://127.0.0.1:1')
    expect(work.look()).toEqual(failed('DynamoDB.SdkClientException', expect.stringContaining('ECONNREFUSED')))
  })
})

describe('aws-sdk', () => {
  it('calls any action of a service', async () => {
    await onTable('dynamodb:putItem', {Item: {PK: {S: 'b'}}})
    const query = {KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: {':pk': {S: 'b'}}}
    const work = await onTable('aws-sdk:dynamodb:query', query)
    expect(work.look()).toEqual(succeeded(expect.objectContaining({Count: 1, Items: [{PK: {S: 'b'}}]})))
    expect(work.events()[2]).toEqual(expect.objectContaining({taskScheduledEventDetails: {
      resourceType: 'aws-sdk:dynamodb', resource: 'query', region: 'us-west-2', parameters: JSON.stringify({TableName: 'Table', ...query})
    }}))
  })

  it('names errors after the service', async () => {
    expect((await onTable('aws-sdk:dynamodb:describeTable', {TableName: 'None'})).look()).toEqual(failed('DynamoDb.ResourceNotFoundException', expect.any(String)))
    expect((await onTable('aws-sdk:dynamodb:query', {})).look()).toEqual(failed('DynamoDb.DynamoDbException', expect.any(String)))
  })

  it.each(['aws-sdk:dynamodb:fly', 'aws-sdk:glue:getJob', 'dynamodb:query'])('%s is no integration', async (resource) => {
    expect((await onTable(resource, {})).look()).toEqual(failed('States.Runtime', expect.stringContaining('no integration for')))
  })
})

describe('sqs:sendMessage', () => {
  it('sends an object as its text, and can wait for the token in it', async () => {
    const parameters = {QueueUrl: `${sqs.address}/123456789012/Queue`, MessageBody: {'id.$': '$.id'}}
    expect((await perform('sqs:sendMessage', parameters, () => sqs.address)).look()).toEqual(succeeded(expect.objectContaining({MessageId: expect.any(String)})))
    const receive = createSdk(() => sqs.address, 'us-west-2')({service: 'sqs', action: 'receiveMessage', input: {QueueUrl: parameters.QueueUrl}})
    expect(await receive).toEqual({Messages: [expect.objectContaining({Body: '{"id":"a"}'})]})
  })

  it('fails by the queue\'s error', async () => {
    const work = await perform('sqs:sendMessage', {QueueUrl: `${sqs.address}/123456789012/None`, MessageBody: 'x'}, () => sqs.address)
    expect(work.look()).toEqual(failed(expect.stringMatching(/^SQS\..*QueueDoesNotExist/) as unknown as string, expect.any(String)))
  })
})

describe('sns:publish', () => {
  it('publishes an object as its text', async () => {
    const bodies: string[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) {
        body += String(chunk)
      }
      bodies.push(body)
      response.end('<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m1</MessageId></PublishResult></PublishResponse>')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const work = await perform('sns:publish', {TopicArn: 'arn:aws:sns:us-west-2:123456789012:T', Message: {a: 1}}, () => address)
    server.closeAllConnections()
    server.close()
    expect(work.look()).toEqual(succeeded({MessageId: 'm1'}))
    expect(new URLSearchParams(bodies[0]).get('Message')).toBe('{"a":1}')
  })
})
