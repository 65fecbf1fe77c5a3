import {afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {BatchGetCommandInput, BatchGetCommandOutput, QueryCommandInput, QueryCommandOutput} from '@aws-sdk/lib-dynamodb'
import type {FileUserRecord} from '../../../types/file-user'
import {fileKey, fileUserKey} from '../../../util/files/keys'

const batchGetItem = jest.fn<(input: BatchGetCommandInput) => Promise<Partial<BatchGetCommandOutput>>>()
const query = jest.fn<(input: QueryCommandInput) => Promise<Partial<QueryCommandOutput>>>()
const sleep = jest.fn<(milliseconds: number) => Promise<void>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/DynamoDB', () => ({batchGetItem, query, getItem: jest.fn(), updateItem: jest.fn()}))
jest.unstable_mockModule('node:timers/promises', () => ({setTimeout: sleep}))
Object.assign(process.env, {TABLE_NAME: 'Table'})
const {findFiles, findRequests} = await import('../src/requested-files')

const request = (fileId: string): FileUserRecord => ({fileId, userId: 'alice', requestedAt: '2025-11-23T10:00:00.000Z'})

/** DynamoDB that reads `count` files at once, and no file at all in the first `idleRounds`. */
const slowTable = (count: number, idleRounds = 0): void => {
  let round = 0
  batchGetItem.mockImplementation(async ({RequestItems}) => {
    const keys = RequestItems?.Table?.Keys ?? []
    const most = round++ < idleRounds ? 0 : count
    const left = keys.slice(most)
    const UnprocessedKeys: BatchGetCommandOutput['UnprocessedKeys'] = left.length > 0 ? {Table: {Keys: left}} : {}
    return {Responses: {Table: keys.slice(0, most).map(({PK}) => ({fileId: String(PK).slice('FILE#'.length)}))}, UnprocessedKeys}
  })
}
const reads = (): unknown[] => batchGetItem.mock.calls.map(([input]) => input)
const readOf = (...fileIds: string[]): object => ({RequestItems: {Table: {Keys: fileIds.map(fileKey)}}})

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0.5)
  batchGetItem.mockReset()
  query.mockReset()
  sleep.mockReset().mockResolvedValue(undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('the files of a page', () => {
  test('are read at once, without a wait', async () => {
    slowTable(100)
    expect([...(await findFiles([request('a'), request('b')])).keys()]).toEqual(['a', 'b'])
    expect([reads(), sleep.mock.calls]).toEqual([[readOf('a', 'b')], []])
  })

  test('are not asked for where there is none', async () => {
    expect((await findFiles([])).size).toBe(0)
    expect(batchGetItem).not.toHaveBeenCalled()
  })

  test('that DynamoDB left out are read later, after a wait that doubles', async () => {
    slowTable(1)
    expect([...(await findFiles([request('a'), request('b'), request('c'), request('d')])).keys()]).toEqual(['a', 'b', 'c', 'd'])
    expect(reads()).toEqual([readOf('a', 'b', 'c', 'd'), readOf('b', 'c', 'd'), readOf('c', 'd'), readOf('d')])
    expect(sleep.mock.calls).toEqual([[25], [50], [100]])
  })

  test('may come as late as in the eighth round', async () => {
    slowTable(100, 7)
    expect([...(await findFiles([request('a')])).keys()]).toEqual(['a'])
    expect([reads().length, sleep.mock.calls.length]).toEqual([8, 7])
  })

  test('are given up after eight rounds', async () => {
    slowTable(1, 7)
    await expect(findFiles([request('a'), request('b'), request('c')])).rejects.toThrow('Expected DynamoDB to read 3 files within 8 rounds; 2 are missing.')
    expect(reads().length).toBe(8)
  })

  test('are not read again where DynamoDB throws', async () => {
    batchGetItem.mockRejectedValueOnce(new Error('ThrottlingException'))
    await expect(findFiles([request('a')])).rejects.toThrow('ThrottlingException')
    expect([reads().length, sleep.mock.calls.length]).toEqual([1, 0])
  })
})

describe('the requests of a page', () => {
  const startKey = {...fileUserKey('a', 'alice'), userId: 'alice', requestedAt: '2025-11-23T10:00:00.000Z'}

  test('are the user\'s own, newest first from a key on, and name the key of the last one', async () => {
    query.mockResolvedValueOnce({Items: [request('b')], LastEvaluatedKey: {PK: 'FILE#b'}})
    expect(await findRequests('alice', {limit: 7, startKey})).toStrictEqual({requests: [request('b')], lastKey: {PK: 'FILE#b'}})
    expect(query.mock.calls).toEqual([[{
      TableName: 'Table', IndexName: 'UserIndex', KeyConditionExpression: 'userId = :userId', ExpressionAttributeValues: {':userId': 'alice'},
      ScanIndexForward: false, Limit: 7, ExclusiveStartKey: startKey
    }]])
  })

  test('are none if DynamoDB answers no items', async () => {
    query.mockResolvedValueOnce({})
    expect(await findRequests('alice', {limit: 7})).toStrictEqual({requests: []})
  })
})
