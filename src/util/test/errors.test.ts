import {describe, expect, test} from '@jest/globals'
import {isNamedError, NamedError} from '../errors'

describe('a named error', () => {
  test('has the traits of its name', () => {
    const cause = new Error('reset')
    const error = new NamedError('RateLimitedError', 'Expected the media; wait.', {cause, availableAt: '2025-11-23T10:00:00.000Z'})
    expect({...error, message: error.message, cause: error.cause}).toEqual({
      name: 'RateLimitedError', category: 'rate-limited', retryable: true, statusCode: 429, availableAt: '2025-11-23T10:00:00.000Z',
      message: 'Expected the media; wait.', cause
    })
  })

  test('is told from others by name', () => {
    const error: unknown = new NamedError('EmptyBodyError', 'Expected bytes; there are none.')
    expect([isNamedError(error), isNamedError(error, 'EmptyBodyError'), isNamedError(error, 'FileTooLargeError'), isNamedError(new Error('EmptyBodyError'))])
      .toEqual([true, true, false, false])
  })
})
