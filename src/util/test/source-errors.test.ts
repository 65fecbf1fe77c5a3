import {describe, expect, it} from '@jest/globals'
import {errorTable} from '../errors'
import {refusalOf, retryAfter} from '../source-errors'

const now = Date.parse('2026-11-23T10:00:00.000Z')

describe('refusalOf', () => {
  it.each([
    [204, 'EmptyBodyError'], [202, 'UnsupportedSourceError'], [304, 'UnsupportedSourceError'], [400, 'UnsupportedSourceError'], [401, 'SourceForbiddenError'],
    [403, 'SourceForbiddenError'], [404, 'SourceNotFoundError'], [405, 'UnsupportedSourceError'], [408, 'TransientSourceError'], [410, 'SourceNotFoundError'], [416, 'EmptyBodyError'],
    [418, 'UnsupportedSourceError'], [429, 'RateLimitedError'], [451, 'GeoBlockedError'], [500, 'TransientSourceError'], [501, 'UnsupportedSourceError'],
    [502, 'TransientSourceError'], [503, 'TransientSourceError'], [504, 'TransientSourceError'], [522, 'TransientSourceError'], [999, 'UnsupportedSourceError']
  ] as const)('%d is a %s', (statusCode, name) => {
    const {category, retryable} = errorTable[name]
    expect({...refusalOf({statusCode, headers: {}}, 'example.com')}).toEqual({name, category, retryable, statusCode: errorTable[name].statusCode})
    expect(refusalOf({statusCode, headers: {}}, 'example.com')?.message).toMatch(new RegExp(`^Expected the media from example.com; .*\\(HTTP ${statusCode}\\)\\.$`))
  })

  it.each([200, 206])('%d is none', (statusCode) => {
    expect(refusalOf({statusCode, headers: {'retry-after': '5'}}, 'example.com')).toBeUndefined()
  })

  it.each([429, 503])('%d says until when to wait', (statusCode) => {
    const refusal = refusalOf({statusCode, headers: {'retry-after': '120'}}, 'example.com')
    expect(refusal?.name).toBe('RateLimitedError')
    expect(Date.parse(refusal?.availableAt ?? '') - Date.now()).toBeGreaterThan(118_000)
  })
})

describe('retryAfter', () => {
  it.each([
    ['120', '2026-11-23T10:02:00.000Z'], [' 0 ', '2026-11-23T10:00:01.000Z'], ['Mon, 23 Nov 2026 10:05:00 GMT', '2026-11-23T10:05:00.000Z'],
    ['Sun, 22 Nov 2026 10:05:00 GMT', '2026-11-23T10:00:01.000Z'], ['99999999999', '2026-11-24T10:00:00.000Z'], ['soon', undefined], ['', undefined], [undefined, undefined]
  ])('reads %s', (header, at) => {
    expect(retryAfter(header, now)).toBe(at)
  })
})
