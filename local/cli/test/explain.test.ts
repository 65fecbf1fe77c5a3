import {describe, expect, it} from '@jest/globals'
import {explain} from '../explain'
import {UsageError} from '../options'

describe('explain', () => {
  it('points to the help where an option is wrong', () => {
    expect(explain(new UsageError('Unknown option \'--prot\''))).toEqual({message: 'Unknown option \'--prot\'. See npm start -- --help', exitCode: 2})
  })

  it('says what to do about a port in use', () => {
    const error = Object.assign(new Error('listen EADDRINUSE'), {code: 'EADDRINUSE', port: 4510})
    expect(explain(error)).toEqual({message: expect.stringMatching(/port 4510 .* another program has it.*npm start -- --port 0/), exitCode: 1})
  })

  it('says what to do about a reserved port', () => {
    expect(explain(Object.assign(new Error('listen EACCES'), {code: 'EACCES', port: 80}))).toEqual({message: expect.stringMatching(/port 80.*--port/), exitCode: 1})
  })

  it('tells our own errors by their sentence alone', () => {
    expect(explain(new Error('Expected a wiring.'))).toEqual({message: 'Expected a wiring.', exitCode: 1})
  })

  it('tells a defect with the place where it happened', () => {
    expect(explain(new TypeError('x is not a function'))).toEqual({message: expect.stringMatching(/^TypeError: x is not a function\n {4}at /), exitCode: 1})
  })
})
