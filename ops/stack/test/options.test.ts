import {describe, expect, it} from '@jest/globals'
import {parseOptions} from '../options'

describe('parseOptions', () => {
  it('reads command, environment and leave', () => {
    expect(parseOptions(['plan', 'dev', '--json', '--allow-destroy', 'push', '--allow-destroy', 'data'])).toEqual({
      command: 'plan', environment: 'dev', rest: [], allowed: new Set(['push', 'data']), yes: false, confirmed: undefined, json: true
    })
  })

  it('takes an empty --allow-destroy for none, as a workflow gives it', () => {
    expect(parseOptions(['apply', 'dev', '--yes', '--allow-destroy', ''])).toMatchObject({allowed: new Set(), yes: true})
  })

  it('hands a command of OpenTofu on as it is', () => {
    expect(parseOptions(['run', 'dev', '--', 'state', 'list', '-id=x'])).toMatchObject({command: 'run', rest: ['state', 'list', '-id=x']})
  })

  it.each([[['-h']], [['--help']], [['plan', '-h']]])('is help for %j', (args) => {
    expect(parseOptions(args)).toBe('help')
  })

  it.each([
    [[], 'Say what to do'], [['fly'], 'There is no command \'fly\''], [['plan', 'dev', 'prod'], 'stack plan takes no \'prod\''], [['run', 'dev'], 'behind --'],
    [['plan', 'dev', '--var', 'orchestration=parallel'], 'Unknown option \'--var\''], [['output', 'dev', 'a', 'b'], 'takes no \'b\'']
  ])('refuses %j in a sentence', (args, message) => {
    expect(() => parseOptions(args)).toThrow(expect.objectContaining({name: 'UsageError', message: expect.stringMatching(new RegExp(`^.*${message}.*$`))}))
  })
})
