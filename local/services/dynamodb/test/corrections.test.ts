import {describe, expect, it} from '@jest/globals'
import {correctedBody, orderedRemoval} from '../corrections'

const correct = (operation: string, input: object): unknown => JSON.parse(correctedBody(`DynamoDB_20120810.${operation}`, Buffer.from(JSON.stringify(input))).toString())

describe('An update that removes from a list', () => {
  it.each([
    ['REMOVE l[0], l[1]', 'REMOVE l[1], l[0]'],
    ['REMOVE l[2],l[10], l[0]', 'REMOVE l[10], l[2], l[0]'],
    ['SET a = :a REMOVE #l.m[0], #l.m[1] ADD n :n', 'SET a = :a REMOVE #l.m[1], #l.m[0] ADD n :n'],
    ['REMOVE l[0], a', 'REMOVE l[0], a'],
    ['remove l[0], l[1] set b = :b', 'remove l[1], l[0] set b = :b'],
    ['SET a = :a', 'SET a = :a']
  ])('%s is %s', (written, ordered) => {
    expect(orderedRemoval(written)).toBe(ordered)
  })

  it('keeps all else of the request', () => {
    const input = {TableName: 't', Key: {PK: {S: 'a'}}, UpdateExpression: 'REMOVE l[0], l[1]'}
    expect(correct('UpdateItem', input)).toEqual({...input, UpdateExpression: 'REMOVE l[1], l[0]'})
  })
})

describe('What dynalite would answer wrongly', () => {
  it.each([
    ['TransactWriteItems', {TransactItems: []}, 'UnknownOperationException', 'TransactWriteItems'],
    ['ExecuteStatement', {Statement: 'x'}, 'UnknownOperationException', 'ExecuteStatement'],
    ['PutItem', {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}, 'ValidationException', 'ReturnValuesOnConditionCheckFailure ALL_OLD'],
    ['Scan', {IndexName: 'StatusIndex', ConsistentRead: true}, 'ValidationException', 'Consistent reads are not supported'],
    ['Query', {IndexName: 'StatusIndex', ConsistentRead: true}, 'ValidationException', 'Consistent reads are not supported']
  ])('is refused: %s %j', (operation, input, code, words) => {
    expect(() => correct(operation, input)).toThrow(expect.objectContaining({code, message: expect.stringContaining(words)}))
  })

  it.each([
    ['PutItem', {ReturnValuesOnConditionCheckFailure: 'NONE'}], ['Scan', {ConsistentRead: true}], ['Query', {IndexName: 'StatusIndex', ConsistentRead: false}],
    ['PutItem', {Item: {text: {S: 'REMOVE l[0], l[1]'}}}]
  ])('is not %s %j', (operation, input) => {
    expect(correct(operation, input)).toEqual(input)
  })
})
