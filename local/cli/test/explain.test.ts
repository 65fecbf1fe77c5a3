import {describe, expect, it} from '@jest/globals'
import {StartError} from '../../../shared/start-error'
import {explain} from '../explain'

describe('explain', () => {
  it('says what to do about a port in use', () => {
    const error = Object.assign(new Error('listen EADDRINUSE'), {code: 'EADDRINUSE', port: 4510})
    expect(explain(error)).toEqual(expect.stringMatching(/port 4510 .* another program has it.*npm start -- --port 0/))
  })

  it('says what to do about a reserved port', () => {
    expect(explain(Object.assign(new Error('listen EACCES'), {code: 'EACCES', port: 80}))).toEqual(expect.stringMatching(/port 80.*--port/))
  })

  it('shows only the sentence of an error of the start', () => {
    expect(explain(new StartError('There is no wiring.'))).toEqual('There is no wiring.')
  })

  it('shows the place of a defect, whatever it says', () => {
    expect(explain(new Error('Expected an ARN.'))).toMatch(/^Error: Expected an ARN\.\n {4}at /)
    expect(explain(new TypeError('x is not a function'))).toEqual(expect.stringMatching(/^TypeError: x is not a function\n {4}at /))
  })
})
