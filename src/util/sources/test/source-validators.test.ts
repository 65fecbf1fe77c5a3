import type {IncomingHttpHeaders} from 'node:http'
import {describe, expect, it} from '@jest/globals'
import type {RangeCondition} from '../../../types/domain'
import {conditionHeaders, buildConditions, difference, isProven, plannedValidators, strongest, readValidators} from '../source-validators'

const modified = 'Sun, 01 Nov 2026 10:00:00 GMT'
const later = 'Sun, 01 Nov 2026 11:00:00 GMT'
const dated = {'last-modified': modified, date: later}

describe('A strong validator', () => {
  it.each<[string, IncomingHttpHeaders, string | undefined]>([
    ['an ETag', {etag: '"a-1"'}, '"a-1"'],
    ['an empty ETag', {etag: '""'}, '""'],
    ['an ETag before a date', {etag: '"a"', ...dated}, '"a"'],
    ['no weak ETag', {etag: 'W/"a"'}, undefined],
    ['a date beside a weak ETag', {etag: 'W/"a"', ...dated}, modified],
    ['a date beside an ETag without quotes', {etag: 'a', ...dated}, modified],
    ['no ETag without quotes', {etag: 'a'}, undefined],
    ['no ETag with a quote inside', {etag: '"a"b"'}, undefined],
    ['no ETag with a small w', {etag: 'w/"a"'}, undefined],
    ['a date a minute ago', {'last-modified': modified, date: 'Sun, 01 Nov 2026 10:01:00 GMT'}, modified],
    ['no date of just now', {'last-modified': modified, date: 'Sun, 01 Nov 2026 10:00:59 GMT'}, undefined],
    ['no date of the future', {'last-modified': later, date: modified}, undefined],
    ['no date without a clock beside it', {'last-modified': modified}, undefined],
    ['no date that is none', {'last-modified': 'yesterday', date: 'Sun, 01 Nov 2026 10:01:00 GMT'}, undefined],
    ['nothing', {}, undefined]
  ])('is %s', (_what, headers, validator) => {
    expect(strongest(readValidators(headers))).toBe(validator)
  })
})

describe('The conditions', () => {
  it.each<[string, IncomingHttpHeaders, RangeCondition[]]>([
    ['a strong ETag and an old date', {etag: '"a"', ...dated}, ['etag', 'date', 'unless-changed', 'compared']],
    ['a weak ETag and an old date', {etag: 'W/"a"', ...dated}, ['date', 'unless-changed', 'compared']],
    ['a strong ETag alone', {etag: '"a"'}, ['etag', 'unless-changed', 'compared']],
    ['a strong ETag and a date of just now', {etag: '"a"', 'last-modified': modified, date: modified}, ['etag', 'unless-changed', 'compared']],
    ['a weak ETag alone', {etag: 'W/"a"'}, []],
    ['nothing', {}, []]
  ])('of %s', (_what, headers, conditions) => {
    expect(buildConditions(readValidators(headers))).toEqual(conditions)
  })

  it('never send a weak ETag', () => {
    const weak = readValidators({etag: 'W/"a"', ...dated})
    expect(buildConditions(weak).map((each) => conditionHeaders(each, weak))).toEqual([{'if-range': modified}, {'if-unmodified-since': modified}, {}])
  })

  it('send what is strong', () => {
    const strong = readValidators({etag: '"a"', ...dated})
    expect(buildConditions(strong).map((each) => conditionHeaders(each, strong))).toEqual([
      {'if-range': '"a"'}, {'if-range': modified}, {'if-match': '"a"', 'if-unmodified-since': modified}, {}
    ])
  })
})

describe('A difference', () => {
  const planned = readValidators({etag: '"a"', ...dated})

  it.each<[string, IncomingHttpHeaders]>([
    ['all is the same', {etag: '"a"', 'last-modified': modified}], ['the same date is written otherwise', {'last-modified': 'Sunday, 01-Nov-26 10:00:00 GMT'}],
    ['there is nothing to compare', {}]
  ])('is not seen if %s', (_what, headers) => {
    expect(difference(headers, planned)).toBeUndefined()
  })

  it.each<[string, IncomingHttpHeaders, boolean]>([
    ['the date beside an ETag that stays', {etag: '"a"', 'last-modified': later}, false], ['both', {etag: '"b"', 'last-modified': later}, false],
    ['the ETag beside a date that stays', {etag: '"b"', 'last-modified': modified}, true], ['the ETag, and there is no date', {etag: '"b"'}, true],
    ['the ETag, which is weak now', {etag: 'W/"a"', 'last-modified': modified}, true]
  ])('is %s', (_what, headers, isTagAlone) => {
    expect(difference(headers, planned)).toMatchObject({isTagAlone})
  })

  it('is seen between weak ETags', () => {
    expect(difference({etag: 'W/"2"'}, readValidators({etag: 'W/"1"', ...dated}))).toMatchObject({isTagAlone: true})
  })
})

it('Only a strong validator of the answer itself proves its version', () => {
  const planned = readValidators({etag: 'W/"a"', ...dated})
  expect([{etag: 'W/"a"'}, {'last-modified': modified}, {}].map((headers) => isProven(headers, planned))).toEqual([false, true, false])
})

it('Records of before have one validator', () => {
  expect([{validator: '"a"'}, {validator: modified}].map(plannedValidators)).toEqual([{etag: '"a"'}, {lastModified: modified, isSettled: true}])
})
