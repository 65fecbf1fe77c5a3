import {describe, expect, it} from '@jest/globals'
import {UsageError} from '../../program/arguments-of-build'
import {parseOptions} from '../options'

describe('The command line', () => {
  it('looks at all of AWS, and changes nothing, where nothing is said', () => {
    expect(parseOptions([], {})).toEqual({fix: false, scope: 'all', json: false, suffix: ''})
  })

  it('says what to do and where', () => {
    expect(parseOptions(['--fix', '--json', '--scope', 'unfinished', '--data', '.local', '--suffix=-Dev'], {AWS_ENDPOINT_URL: 'http://127.0.0.1:4510'}))
      .toEqual({fix: true, scope: 'unfinished', json: true, data: '.local', suffix: '-Dev', endpoint: 'http://127.0.0.1:4510'})
  })

  it('has help', () => {
    expect(parseOptions(['--help', '--scope', 'some'], {})).toBe('help')
  })

  it.each([[['--scope', 'some']], [['--fx']], [['file']]])('refuses %j', (args) => {
    expect(() => parseOptions(args, {})).toThrow(UsageError)
  })
})
