import {describe, expect, it} from '@jest/globals'
import {plainItem, typedItem} from '../table/attributes'
import {createTable, type Table, type TableInput} from '../table/table'

const Key = {PK: 'FILE#one', SK: 'FILE'}
const before = {status: 'Requested', availableAt: '2026-01-01', count: 2, tags: new Set(['a', 'b']), error: {code: 'X'}}

const table = (): Table => {
  const created = createTable(new Map([['', {hash: 'PK', range: 'SK'}], ['StatusIndex', {hash: 'status', range: 'availableAt'}]]))
  created.put({Item: {...Key, ...before, gone: undefined}})
  return created
}

const holds = (ConditionExpression: string, values: Readonly<Record<string, unknown>>): boolean => {
  try {
    table().update({
      Key, UpdateExpression: 'SET touched = :yes', ConditionExpression, ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':yes': true, ...values}
    })
    return true
  } catch (error) {
    expect((error as Error).name).toBe('ConditionalCheckFailedException')
    return false
  }
}

const after = (UpdateExpression: string, ExpressionAttributeValues: Readonly<Record<string, unknown>>): unknown => {
  const {PK: _PK, SK: _SK, ...rest} = table().update({Key, UpdateExpression, ExpressionAttributeValues, ReturnValues: 'ALL_NEW'}) ?? {}
  return rest
}

describe('The shadow\'s table', () => {
  it.each<[boolean, string, Readonly<Record<string, unknown>>]>([
    [true, 'attribute_exists(PK) AND attribute_not_exists(claimedBy)', {}],
    [false, 'attribute_not_exists(PK)', {}],
    [true, '#status IN (:a, :b)', {':a': 'Failed', ':b': 'Requested'}],
    [false, '#status = :a OR count > :two', {':a': 'Failed', ':two': 2}],
    [true, 'NOT (missing = :a) AND missing <> :a', {':a': 'Failed'}],
    [false, 'missing < :a', {':a': 'z'}],
    [true, 'count BETWEEN :one AND :two AND begins_with(PK, :file)', {':one': 1, ':two': 2, ':file': 'FILE#'}],
    [true, 'contains(tags, :a) AND size(tags) = :two AND error.code = :x', {':a': 'a', ':two': 2, ':x': 'X'}],
    [false, 'count > :text', {':text': '1'}]
  ])('answers %s for %s', (expected, condition, values) => {
    expect(holds(condition, values)).toBe(expected)
  })

  it.each<[string, Readonly<Record<string, unknown>>, object]>([
    ['SET count = count + :one, seen = if_not_exists(seen, :now)', {':one': 1, ':now': 'now'}, {...before, count: 3, seen: 'now'}],
    ['SET count = if_not_exists(count, :one) - :one REMOVE error.code, tags', {':one': 1}, {status: 'Requested', availableAt: '2026-01-01', count: 1, error: {}}],
    ['ADD count :one, tries :one', {':one': 1}, {...before, count: 3, tries: 1}],
    ['ADD tags :c', {':c': new Set(['c'])}, {...before, tags: new Set(['a', 'b', 'c'])}],
    ['DELETE tags :a', {':a': new Set(['a'])}, {...before, tags: new Set(['b'])}],
    ['SET list = list_append(:a, :b)', {':a': [1], ':b': [2]}, {...before, list: [1, 2]}]
  ])('does %s', (update, values, expected) => {
    expect(after(update, values)).toEqual(expected)
  })

  it('changes nothing that it handed out', () => {
    const own = table()
    const seen = own.get({Key})
    own.update({Key, UpdateExpression: 'SET error.code = :y', ExpressionAttributeValues: {':y': 'Y'}})
    expect([seen?.['error'], own.get({Key})?.['error']]).toEqual([{code: 'X'}, {code: 'Y'}])
  })

  it('lists items by key and by index, in order, as far as it is asked to', () => {
    const own = table()
    own.put({Item: {PK: 'FILE#one', SK: 'USER#ann'}})
    own.put({Item: {PK: 'FILE#two', SK: 'FILE', status: 'Requested', availableAt: '2025-01-01'}})
    const index: TableInput = {
      IndexName: 'StatusIndex', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: {'#s': 'status'}, ExpressionAttributeValues: {':s': 'Requested'}
    }
    const key = {KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)', ExpressionAttributeValues: {':file': 'FILE#one', ':users': 'USER#'}}
    const found = [own.query(key), own.query(index), own.query({...index, Limit: 1, ScanIndexForward: false})]
    expect(found.map((items) => items.map(({PK, SK}) => `${String(PK)} ${String(SK)}`)))
      .toEqual([['FILE#one USER#ann'], ['FILE#two FILE', 'FILE#one FILE'], ['FILE#one FILE']])
  })

  it.each(['a ==', 'SOMETHING(a)', 'a = :b )', 'a[0] = :b'])('does not guess what %s means', (condition) => {
    const input = {Key, UpdateExpression: 'SET a = :b', ConditionExpression: condition, ExpressionAttributeValues: {':b': 1}}
    expect(() => table().update(input)).toThrow(/^Expected/)
  })

  it('takes and gives attributes as workflows write them', () => {
    const item = {text: 'a', number: 1, flag: false, nothing: null, map: {a: 'b'}, list: [1, 'a'], names: new Set(['a'])}
    expect(plainItem(typedItem(item))).toEqual(item)
  })
})
