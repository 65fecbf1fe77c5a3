import {describe, expect, test} from '@jest/globals'
import {apiEvent} from '../../../../test/helpers/api-event'
import {encodeNextToken, parsePage, type Page} from '../src/page'

const requestedAt = '2025-11-23T10:00:00.000Z'
const parse = (query?: Record<string, string>): Page => parsePage('alice', apiEvent({routeKey: 'GET /files', query}))
const tokenOf = (text: string): string => Buffer.from(text).toString('base64url')

/** What a request is refused with, its cause included. */
const refusalOf = (query: Record<string, string>): unknown => {
  try {
    return parse(query)
  } catch (error) {
    const {name, message, cause} = error as Error
    return {name, message, cause}
  }
}

describe('limit', () => {
  test('is 50 where the request says none', () => {
    expect([parse(), parse({})]).toStrictEqual([{limit: 50}, {limit: 50}])
  })

  test.each([1, 2, 99, 100])('may be %i', (limit) => {
    expect(parse({limit: String(limit)})).toStrictEqual({limit})
  })

  test.each(['0', '-1', '101', '1.5', 'many', ''])('may not be %j', (limit) => {
    expect(refusalOf({limit})).toEqual({name: 'InvalidRequestError', message: `Expected \`limit\` to be a whole number from 1 to 100; got '${limit}'.`})
  })
})

describe('nextToken', () => {
  const refused = {name: 'InvalidRequestError', message: 'Expected `nextToken` as the last answer gave it.'}

  test('of a page reads on after its last file, in the caller\'s own list', () => {
    const token = encodeNextToken({PK: 'FILE#url-1', SK: 'USER#bob', userId: 'bob', requestedAt})
    expect(parse({limit: '7', nextToken: String(token)}))
      .toStrictEqual({limit: 7, startKey: {PK: 'FILE#url-1', SK: 'USER#alice', userId: 'alice', requestedAt}})
  })

  test('is null after the last page', () => {
    expect(encodeNextToken(undefined)).toBeNull()
  })

  test('that is empty begins at the first page', () => {
    expect(parse({nextToken: ''})).toStrictEqual({limit: 50})
  })

  test.each([
    ['SyntaxError', 'no json'], ['TypeError', '{}'], ['TypeError', 'null']
  ])('is refused with the %s of reading %j as its cause', (name, text) => {
    expect(refusalOf({nextToken: tokenOf(text)})).toEqual({...refused, cause: expect.objectContaining({name})})
  })

  test.each([
    '[]', '["url-1"]', `[1,"${requestedAt}"]`, `["url#1","${requestedAt}"]`, '["url-1",1]', `["url-1",["${requestedAt}"]]`, '["url-1","yesterday"]',
    `["url-1","on ${requestedAt}"]`, `["url-1","${requestedAt} or so"]`
  ])('is refused where it is %s, which names no file and time', (text) => {
    expect(refusalOf({nextToken: tokenOf(text)})).toEqual({...refused, cause: undefined})
  })
})
