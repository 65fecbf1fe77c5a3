import {describe, expect, it} from '@jest/globals'
import {errorTable, NamedError} from '../../errors'
import {refusalBehind, findRefusal, retryAfter} from '../source-errors'

const now = Date.parse('2026-11-23T10:00:00.000Z')

describe('findRefusal', () => {
  it.each([
    [204, 'EmptyBodyError'], [202, 'UnsupportedSourceError'], [304, 'UnsupportedSourceError'], [400, 'UnsupportedSourceError'], [401, 'SourceForbiddenError'],
    [403, 'SourceForbiddenError'], [404, 'SourceNotFoundError'], [405, 'UnsupportedSourceError'], [408, 'TransientSourceError'], [410, 'SourceNotFoundError'], [416, 'EmptyBodyError'],
    [418, 'UnsupportedSourceError'], [429, 'RateLimitedError'], [451, 'GeoBlockedError'], [500, 'TransientSourceError'], [501, 'UnsupportedSourceError'],
    [502, 'TransientSourceError'], [503, 'TransientSourceError'], [504, 'TransientSourceError'], [522, 'TransientSourceError'], [999, 'UnsupportedSourceError']
  ] as const)('%d is a %s', (statusCode, name) => {
    const {category, retryable} = errorTable[name]
    expect({...findRefusal({statusCode, headers: {}}, 'example.com')}).toEqual({name, category, retryable, statusCode: errorTable[name].statusCode})
    expect(findRefusal({statusCode, headers: {}}, 'example.com')?.message).toMatch(new RegExp(`^example.com [^.]*\\(HTTP ${statusCode}\\)\\. [A-Z][^.]*\\.$`))
  })

  it.each([200, 206])('%d is none', (statusCode) => {
    expect(findRefusal({statusCode, headers: {'retry-after': '5'}}, 'example.com')).toBeUndefined()
  })

  it.each([
    [429, 'RateLimitedError'], [503, 'RateLimitedError'], [500, 'RateLimitedError'], [509, 'RateLimitedError'], [408, 'RateLimitedError'], [413, 'RateLimitedError'],
    [403, 'RateLimitedError'], [202, 'NotYetAvailableError'], [409, 'NotYetAvailableError'], [425, 'NotYetAvailableError']
  ] as const)('%d with a time is a %s that waits for it', (statusCode, name) => {
    for (const [value, least] of [['120', 120], ['120.5', 121], [new Date(Date.now() + 300_000).toUTCString(), 299]] as const) {
      const refusal = findRefusal({statusCode, headers: {'retry-after': value}}, 'example.com')
      expect(refusal?.name).toBe(name)
      const seconds = (Date.parse(refusal?.availableAt ?? '') - Date.now()) / 1000
      expect([seconds > least - 1, seconds < least + 3]).toEqual([true, true])
    }
  })

  it.each([[429, 'RateLimitedError'], [503, 'TransientSourceError'], [403, 'SourceForbiddenError']] as const)('%d with something else for a time is a %s without', (statusCode, name) => {
    const refusal = findRefusal({statusCode, headers: {'retry-after': 'soon'}}, 'example.com')
    expect(refusal?.name).toBe(name)
    expect(refusal?.availableAt).toBeUndefined()
  })

  it.each([404, 410, 451, 501, 416])('%d stays final, whatever time comes with it', (statusCode) => {
    expect({...findRefusal({statusCode, headers: {'retry-after': '120'}}, 'example.com')}).toMatchObject({retryable: false})
  })

  it('counts a date by the clock of the server that names it', () => {
    const [date, later] = [0, 300_000].map((ahead) => new Date(Date.now() - 3_600_000 + ahead).toUTCString())
    const refusal = findRefusal({statusCode: 429, headers: {date, 'retry-after': later}}, 'example.com')
    expect(Math.abs(Date.parse(refusal?.availableAt ?? '') - Date.now() - 300_000)).toBeLessThan(3_000)
  })

  it('leaves the status behind the error', () => {
    expect(refusalBehind(findRefusal({statusCode: 503, headers: {}}, 'cdn.example.com:8080'))).toEqual({statusCode: 503, refusedBy: 'cdn.example.com:8080'})
    expect([new Error('no'), new NamedError('RateLimitedError', 'No.', {cause: new Error('no')}), 'no'].map(refusalBehind)).toEqual([undefined, undefined, undefined])
  })
})

describe('retryAfter', () => {
  it.each([
    ['120', 120], [' 120 ', 120], ['120.5', 121], ['0.001', 1], ['.5', 1], ['5.', 5], ['0', 1], ['00120', 120], ['+120', 120], ['1e2', 100], ['99999999999', 86_400],
    ['9'.repeat(400), 86_400], ['86399.5', 86_400], ['Mon, 23 Nov 2026 10:05:00 GMT', 300], ['Monday, 23-Nov-26 10:05:00 GMT', 300], ['Mon Nov 23 10:05:00 2026', 300],
    ['Sun, 22 Nov 2026 10:05:00 GMT', 1], ['Sun, 22 Nov 2037 10:05:00 GMT', 86_400], ['120, 60', 120], ['60,120.5', 121], ['Mon, 23 Nov 2026 10:05:00 GMT, 60', 300],
    ['60, Monday, 23-Nov-26 10:05:00 GMT', 300], ['soon, 60', 60]
  ])('reads %s as %d seconds', (header, seconds) => {
    expect(retryAfter(header, now)).toBe(new Date(now + seconds * 1000).toISOString())
  })

  it.each([
    'soon', '', ',', '-5', '120s', '12 0', '0x10', '1e-2', 'NaN', 'Infinity', '1.2.3', '1:30', '2026-11-23', '2026-11-23T10:05:00Z', 'Nov 23 2026', 'Mon, 23 Nov 2026 10:05:00 PST', undefined
  ])('takes %s for none', (header) => {
    expect(retryAfter(header, now)).toBeUndefined()
  })

  it('is never early, whatever part of a second it is', () => {
    expect([1, 499, 999].map((part) => retryAfter('1', now + part))).toEqual(Array.from({length: 3}, () => '2026-11-23T10:00:02.000Z'))
  })

  it.each([
    ['an hour behind', 'Mon, 23 Nov 2026 09:05:00 GMT', 'Mon, 23 Nov 2026 09:00:00 GMT', 300], ['a minute ahead', 'Mon, 23 Nov 2026 10:05:00 GMT', 'Mon, 23 Nov 2026 10:01:00 GMT', 300],
    ['unknown', 'Mon, 23 Nov 2026 10:05:00 GMT', 'yesterday', 300]
  ])('of a server whose clock is %s is no earlier by its clock or ours', (_what, header, date, seconds) => {
    expect(retryAfter(header, now, date)).toBe(new Date(now + seconds * 1000).toISOString())
  })
})
