import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {AbstractValueIterator} from 'abstract-level'
import {type Engine, openEngine} from '../engine'

const TableName = 'Things'
const place = {partition: 'aws', account: '123456789012', region: 'us-west-2'}

let folder: string
let engine: Engine

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'))
  engine = openEngine(place, folder)
  await engine.call('CreateTable', {
    TableName, BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{AttributeName: 'PK', KeyType: 'HASH'}, {AttributeName: 'SK', KeyType: 'RANGE'}],
    AttributeDefinitions: [{AttributeName: 'PK', AttributeType: 'S'}, {AttributeName: 'SK', AttributeType: 'S'}]
  })
  while ((await engine.call('DescribeTable', {TableName}) as {Table: {TableStatus: string}}).Table.TableStatus !== 'ACTIVE') {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  for (const name of ['1', '2', '3']) {
    await engine.call('PutItem', {TableName, Item: {PK: {S: 'one'}, SK: {S: name}}})
  }
})

afterEach(async () => {
  jest.restoreAllMocks()
  await engine.close()
  await rm(folder, {recursive: true, force: true})
})

describe('The table engine', () => {
  it.each([
    ['a query', 'Query', {KeyConditionExpression: 'PK = :one', ExpressionAttributeValues: {':one': {S: 'one'}}}, 3],
    ['a query of nothing', 'Query', {KeyConditionExpression: 'PK = :one', ExpressionAttributeValues: {':one': {S: 'none'}}}, 0],
    ['a query of a few', 'Query', {KeyConditionExpression: 'PK = :one', ExpressionAttributeValues: {':one': {S: 'one'}}, Limit: 1}, 1],
    ['a scan', 'Scan', {}, 3],
    ['a scan of a few', 'Scan', {Limit: 1}, 1]
  ])('keeps nothing open of %s', async (_what, operation, input, Count) => {
    const next = jest.spyOn(AbstractValueIterator.prototype, 'next')
    const close = jest.spyOn(AbstractValueIterator.prototype, 'close')
    expect(await engine.call(operation, {TableName, ...input})).toMatchObject({Count})
    await new Promise((resolve) => setTimeout(resolve, 50))
    const opened = new Set(next.mock.contexts)
    expect(opened.size).toBeGreaterThan(0)
    expect([...opened].filter((iterator) => !close.mock.contexts.includes(iterator))).toEqual([])
  })
})
