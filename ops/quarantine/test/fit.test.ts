import {describe, expect, it} from '@jest/globals'
import {edited} from '../edits'
import {misfits, refusalsOfFix} from '../fit'
import {contract, detail} from './sample'

const {schema} = contract

describe('misfits', () => {
  it.each([
    [{fileId: 'abc', size: 7, more: true}, []],
    [{fileId: 'abc', size: 0}, ['detail.size must be >= 1']],
    [{size: 7}, ['detail.fileId is required and missing']],
    ['text', ['detail must be object']]
  ])('of %j are %j', (value, sentences) => {
    expect(misfits(schema, value)).toEqual(sentences)
  })
})

describe('a fix', () => {
  it('fixes what is wrong', () => {
    expect(refusalsOfFix(schema, detail, {...detail, size: 7})).toEqual([])
  })

  it('may give up an optional property that is wrong, and one that the contract does not know', () => {
    expect(refusalsOfFix(schema, {...detail, size: 7, note: 5, stray: 1}, {...detail, size: 7})).toEqual([])
  })

  it('adds what is required and missing', () => {
    expect(refusalsOfFix(schema, {size: 7}, {fileId: 'abc', size: 7})).toEqual([])
  })

  it('is the whole of a detail that was none', () => {
    expect(refusalsOfFix(schema, 'text', {fileId: 'abc', size: 7})).toEqual([])
  })

  it.each<[string, unknown, string[]]>([
    ['is still wrong', {...detail, size: 0}, ['detail.size must be >= 1']],
    ['changes what was right', {...detail, size: 7, fileId: 'other'}, ['detail.fileId was right and must stay "abc"']],
    ['drops what was right', {fileId: 'abc', size: 7}, ['detail.etag was right and must stay "e1"']],
    ['adds what may be absent', {...detail, size: 7, note: 'n'}, ['detail.note was absent and may stay so']],
    ['has a typing error', {...detail, size: 7, sise: 7}, ['detail.sise is not in the contract']],
    ['is no object', null, ['detail must be object', 'detail.fileId was right and must stay "abc"', 'detail.etag was right and must stay "e1"']]
  ])('is none if it %s', (_what, fixed, refusals) => {
    expect(refusalsOfFix(schema, detail, fixed)).toEqual(refusals)
  })
})

describe('edited', () => {
  it('sets JSON, or text if it is not JSON, and removes', () => {
    expect(edited({a: 1, b: 2}, {set: ['c=7', 'd=text', 'e={"f": [true]}', 'g="8"', 'h=a=b'], unset: ['a']}))
      .toEqual({b: 2, c: 7, d: 'text', e: {f: [true]}, g: '8', h: 'a=b'})
  })

  it('refuses what names no property', () => {
    expect(() => edited({}, {set: ['size'], unset: []})).toThrow('Expected --set NAME=VALUE; got \'size\'.')
  })
})
