import type {IncomingHttpHeaders} from 'node:http'
import {describe, expect, it} from '@jest/globals'
import {announcedSize, type AskedRange, contentRange, judge, nextCondition} from '../answered-range'

const modified = 'Sun, 01 Nov 2026 10:00:00 GMT'
const asked: AskedRange = {start: 100, end: 200, size: 1000, validators: {etag: '"a"', lastModified: modified, isSettled: true}, condition: 'etag'}
const part = {etag: '"a"', 'last-modified': modified, 'content-range': 'bytes 100-199/1000'}
const whole = {etag: '"a"', 'last-modified': modified, 'content-length': '1000'}

describe('A Content-Range', () => {
  it.each([
    ['bytes 0-99/1000', {start: 0, end: 100, size: 1000}], ['Bytes 5-5/6', {start: 5, end: 6, size: 6}], ['bytes 0-99/*', {start: 0, end: 100}],
    ['bytes 99-0/1000', undefined], ['bytes 0-1000/1000', undefined], ['bytes */1000', undefined], ['items 0-1/2', undefined], ['bytes 0-1/2 ', {start: 0, end: 2, size: 2}],
    ['', undefined], [undefined, undefined]
  ])('%s is read', (text, range) => {
    expect(contentRange({'content-range': text})).toEqual(range)
  })
})

it('The size of the whole is what the range or the length says', () => {
  expect([
    {statusCode: 200, headers: whole}, {statusCode: 206, headers: part}, {statusCode: 206, headers: {'content-length': '5'}}, {statusCode: 200, headers: {}}
  ].map(announcedSize)).toEqual([1000, 1000, undefined, undefined])
})

describe('An answer to a range', () => {
  it.each<[string, number, IncomingHttpHeaders, Partial<AskedRange>, object | undefined]>([
    ['the range', 206, part, {}, {kind: 'same', end: 200}],
    ['less than the range', 206, {...part, 'content-range': 'bytes 100-149/1000'}, {}, {kind: 'same', end: 150}],
    ['the range without validators, under If-Range', 206, {'content-range': part['content-range']}, {}, {kind: 'same', end: 200}],
    ['the range without validators, unconditionally', 206, {'content-range': part['content-range']}, {condition: 'compared'}, {kind: 'unheeded'}],
    ['the range with its date, unconditionally', 206, {...part, etag: undefined}, {condition: 'compared'}, {kind: 'same', end: 200}],
    ['the whole, as it was', 200, whole, {}, {kind: 'unheeded'}],
    ['the whole, if all was asked for', 200, whole, {start: 0, end: 1000}, {kind: 'same', end: 1000}],
    ['a failed precondition', 412, {}, {condition: 'unless-changed'}, {kind: 'unheeded'}],
    ['a range that cannot be, of the same size', 416, {'content-range': 'bytes */1000'}, {}, {kind: 'unheeded'}],
    ['another ETag', 206, {...part, etag: '"b"'}, {}, {kind: 'changed', isTagAlone: true}],
    ['another date beside the same ETag', 206, {...part, 'last-modified': 'Sun, 01 Nov 2026 10:00:01 GMT'}, {}, {kind: 'changed', isTagAlone: false}],
    ['the whole with another ETag', 200, {...whole, etag: '"b"'}, {}, {kind: 'changed', isTagAlone: true}],
    ['the whole in another size', 200, {...whole, 'content-length': '1001'}, {}, {kind: 'changed', isTagAlone: false}],
    ['something that nothing is known of', 200, {}, {}, {kind: 'changed', isTagAlone: false}],
    ['another size', 206, {...part, 'content-range': 'bytes 100-199/1001'}, {}, {kind: 'changed'}],
    ['no size', 206, {...part, 'content-range': 'bytes 100-199/*'}, {}, {kind: 'changed'}],
    ['another place', 206, {...part, 'content-range': 'bytes 0-99/1000'}, {}, {kind: 'changed'}],
    ['more than was asked for', 206, {...part, 'content-range': 'bytes 100-299/1000'}, {}, {kind: 'changed'}],
    ['no place', 206, {etag: '"a"'}, {}, {kind: 'changed'}],
    ['a range that cannot be, of another size', 416, {'content-range': 'bytes */90'}, {}, {kind: 'changed', isTagAlone: false}],
    ['a refusal', 403, {}, {}, undefined]
  ])('that brings %s', (_what, statusCode, headers, more, verdict) => {
    const judged = judge({statusCode, headers}, {...asked, ...more})
    expect(judged).toEqual(verdict && expect.objectContaining(verdict))
  })
})

describe('A condition that is not honoured', () => {
  const all = ['etag', 'date', 'unless-changed', 'compared'] as const

  it.each([
    ['etag', 200, 'date'], ['date', 200, 'unless-changed'], ['unless-changed', 412, 'compared'], ['unless-changed', 200, undefined], ['compared', 200, undefined],
    ['compared', 206, undefined]
  ] as const)('%s, by %i, is followed by %s', (condition, status, next) => {
    expect(nextCondition(condition, status, all)).toBe(next)
  })
})
