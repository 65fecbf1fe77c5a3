import {describe, expect, it} from '@jest/globals'
import {createServer} from 'node:net'
import {describeError, hasCode, isErrorNamed} from '../errors'
import {asObject, hasKey, isObject, isAmong, listKeys} from '../json'
import {listeningPort} from '../listening-port'

describe('what may be anything', () => {
  it('is an object when it has members, and neither a list nor null', () => {
    expect([{}, [], null, 'text'].map(isObject)).toEqual([true, false, false, false])
    expect([{a: 1}, [1], null].map(asObject)).toEqual([{a: 1}, {}, {}])
  })

  it('is one of a list, or a key of a table, only if it is in it', () => {
    expect(['a', 'c', 1].map((value) => isAmong(['a', 'b'], value))).toEqual([true, false, false])
    expect(['a', 'toString'].map((key) => hasKey({a: 1}, key))).toEqual([true, false])
    expect(listKeys({a: 1, b: 2})).toEqual(['a', 'b'])
  })
})

describe('what was thrown', () => {
  it('is described by its message, or as it is', () => {
    expect([new TypeError('broken'), {message: 'of another realm'}, 'text', undefined].map(describeError))
      .toEqual(['broken', 'of another realm', 'text', 'undefined'])
  })

  it('has a name and a code, or neither', () => {
    const error = Object.assign(new RangeError('far'), {code: 'ENOENT'})
    expect([isErrorNamed(error, 'TypeError', 'RangeError'), isErrorNamed(error, 'TypeError'), isErrorNamed(null, 'TypeError')]).toEqual([true, false, false])
    expect([hasCode(error, 'ENOENT'), hasCode(error, 'EACCES'), hasCode('ENOENT', 'ENOENT')]).toEqual([true, false, false])
  })
})

describe('listeningPort', () => {
  it('refuses a server that does not listen', () => {
    expect(() => listeningPort(createServer())).toThrow('Expected a server that listens on a port; got one that does not listen.')
  })
})
