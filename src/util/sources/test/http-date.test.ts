import {describe, expect, it} from '@jest/globals'
import {parseHttpDate} from '../http-date'

const now = Date.parse('2026-11-23T10:00:00.000Z')

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'], ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'], ['Mon Nov 16 08:49:37 2026', '2026-11-16T08:49:37.000Z'],
    ['mon, 23 nov 2026 10:05:00 gmt', '2026-11-23T10:05:00.000Z'], ['Thu, 29 Feb 2028 23:59:60 GMT', '2028-03-01T00:00:00.000Z'],
    ['Monday, 23-Nov-76 10:00:00 GMT', '2076-11-23T10:00:00.000Z'], ['Tuesday, 23-Nov-77 10:00:00 GMT', '1977-11-23T10:00:00.000Z']
  ])('reads %s', (text, time) => {
    expect(new Date(parseHttpDate(text, now) ?? Number.NaN).toISOString()).toBe(time)
  })

  it.each([
    '120.5', '120', '2026-11-23T10:05:00Z', '2026-11-23', 'Mon, 23 Nov 2026 10:05:00', 'Mon, 23 Nov 2026 10:05:00 PST', 'Mon, 23 Nov 2026 10:05:00 +0100',
    'Mon, 31 Nov 2026 10:05:00 GMT', 'Mon, 29 Feb 2027 10:05:00 GMT', 'Mon, 00 Nov 2026 10:05:00 GMT', 'Mon, 23 Nov 2026 24:05:00 GMT', 'Mon, 23 Nov 2026 10:60:00 GMT',
    'Mon, 3 Nov 2026 10:05:00 GMT', 'Mon 23 Nov 2026 10:05:00 GMT', 'Nov 23, 2026', 'Mon, 23 Nov 2026 10:05:00 GMT, 5', 'tomorrow', ''
  ])('takes %s for no date', (text) => {
    expect(parseHttpDate(text, now)).toBeUndefined()
  })
})
