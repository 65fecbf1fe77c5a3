import {describe, expect, it} from '@jest/globals'
import {StartError} from '../../../shared/start-error'
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

  it('shows only the sentence of an error of the start', () => {
    expect(explain(new StartError('There is no wiring.'))).toEqual({message: 'There is no wiring.', exitCode: 1})
  })

  it('shows the place of a defect, whatever it says', () => {
    expect(explain(new Error('Expected an ARN.')).message).toMatch(/^Error: Expected an ARN\.\n {4}at /)
    expect(explain(new TypeError('x is not a function'))).toEqual({message: expect.stringMatching(/^TypeError: x is not a function\n {4}at /), exitCode: 1})
  })
})
