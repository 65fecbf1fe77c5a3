import {mkdtempSync, rmSync} from 'node:fs'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand, UpdateItemCommand} from '@aws-sdk/client-dynamodb'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Service} from '../../../runtime/core/types'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {until} from '../../../runtime/engines/test/until'
import {manualClock} from '../../events/test/manual-clock'
import {readWiring} from '../../../../shared/wiring/wiring'
import {createDynamoDb} from '../service'

const wiring = readWiring('local/wiring.json')
const place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}
const TableName = 'MediaDownloader'
const clock = manualClock()
let folder: string
let service: Service
let served: Served
let client: DynamoDBClient

const open = async (): Promise<void> => {
  service = await createDynamoDb({clock, wiring, place, path: join(folder, 'dynamodb')})
  served = await serve([service])
  client = new DynamoDBClient(clientFor(served.address))
}

const close = async (): Promise<void> => {
  client.destroy()
  await served.close()
  await service.stop?.()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dynamodb-test-'))
  await open()
})
afterAll(async () => {
  await close()
  rmSync(folder, {recursive: true, force: true})
})

const put = (PK: string, more: object = {}, condition: object = {}) =>
  client.send(new PutItemCommand({TableName, Item: {PK: {S: PK}, SK: {S: 'FILE'}, ...more}, ...condition}))

const get = async (PK: string) =>
  (await client.send(new GetItemCommand({TableName, Key: {PK: {S: PK}, SK: {S: 'FILE'}}, ConsistentRead: true}))).Item

describe('The table', () => {
  it('removes the elements of a list that an update names', async () => {
    await put('FILE#list', {l: {L: ['a', 'b', 'c', 'd'].map((S) => ({S}))}})
    await client.send(new UpdateItemCommand({TableName, Key: {PK: {S: 'FILE#list'}, SK: {S: 'FILE'}}, UpdateExpression: 'REMOVE l[0], l[1]'}))
    expect((await get('FILE#list'))!['l']).toEqual({L: [{S: 'c'}, {S: 'd'}]})
  })

  it('refuses by name what it does not speak', async () => {
    expect(await refusal(client.send(new TransactWriteItemsCommand({TransactItems: []})))).toMatchObject({
      name: 'UnknownOperationException', message: 'The embedded DynamoDB does not speak TransactWriteItems.', status: 400
    })
  })

  it('is made as the wiring says', async () => {
    const {Table} = await client.send(new DescribeTableCommand({TableName}))
    expect(Table).toMatchObject({
      TableArn: 'arn:aws:dynamodb:us-west-2:123456789012:table/MediaDownloader', TableStatus: 'ACTIVE',
      KeySchema: [{AttributeName: 'PK', KeyType: 'HASH'}, {AttributeName: 'SK', KeyType: 'RANGE'}]
    })
    expect(Table!.GlobalSecondaryIndexes!.map(({IndexName}) => IndexName).sort()).toEqual(['StatusIndex', 'UserIndex'])
  })

  it('keeps conditions', async () => {
    await put('FILE#1', {status: {S: 'Requested'}}, {ConditionExpression: 'attribute_not_exists(PK)'})
    expect(await refusal(put('FILE#1', {}, {ConditionExpression: 'attribute_not_exists(PK)'}))).toEqual({
      name: 'ConditionalCheckFailedException', message: 'The conditional request failed', status: 400
    })
  })

  it('answers its indexes', async () => {
    await put('FILE#2', {status: {S: 'MetadataReady'}, availableAt: {S: '2026-01-01'}})
    await client.send(new UpdateItemCommand({
      TableName, Key: {PK: {S: 'FILE#2'}, SK: {S: 'FILE'}}, UpdateExpression: 'SET #s = :s', ExpressionAttributeNames: {'#s': 'status'},
      ExpressionAttributeValues: {':s': {S: 'Scheduled'}}
    }))
    const query = async (status: string) => (await client.send(new QueryCommand({
      TableName, IndexName: 'StatusIndex', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: {'#s': 'status'}, ExpressionAttributeValues: {':s': {S: status}}
    }))).Items!.map(({PK}) => PK!.S)
    expect([await query('MetadataReady'), await query('Scheduled')]).toEqual([[], ['FILE#2']])
  })

  it('forgets what has expired', async () => {
    const now = Math.floor(clock.now() / 1000)
    await put('FILE#old', {expiresAt: {N: String(now - 1)}})
    await put('FILE#new', {expiresAt: {N: String(now + 3600)}})
    await clock.advance(60 * 60_000)
    await until('the old item to be gone', async () => await get('FILE#old') === undefined || undefined)
    expect(await get('FILE#new')).toBeDefined()
  })

  it('keeps its items over a restart', async () => {
    await put('FILE#kept', {title: {S: 'kept'}})
    await close()
    await open()
    expect(await get('FILE#kept')).toEqual({PK: {S: 'FILE#kept'}, SK: {S: 'FILE'}, title: {S: 'kept'}})
  })

  it('gives no web page leave to read', async () => {
    const response = await fetch(served.address, {
      method: 'POST', body: '{}', headers: {
        origin: 'http://localhost:3000', 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables', 'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=b'
      }
    })
    expect([response.status, response.headers.get('access-control-allow-origin'), await response.json()]).toEqual([200, null, {TableNames: [TableName]}])
  })

  it('survives a client that goes away in the middle of its request', async () => {
    await new Promise<void>((resolve) => {
      const going = request(served.address, {method: 'POST', headers: {
        'content-length': '1000', authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=b'
      }})
      going.on('error', () => resolve())
      going.write('{', () => setTimeout(() => going.destroy(new Error('gone')), 20))
    })
    expect(await get('FILE#kept')).toBeDefined()
  })
})
