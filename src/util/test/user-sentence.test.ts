import {describe, expect, test} from '@jest/globals'
import {type ErrorName, errorTable} from '../errors'
import {userError, userSentence} from '../user-sentence'

const names = Object.keys(errorTable) as ErrorName[]
const generic = userSentence('EnvironmentError', '')

describe('a sentence for users', () => {
  test('is the error\'s own where that is written for them', () => {
    expect(userSentence('SourceNotFoundError', 'example.com has nothing at this address. Check the link.')).toBe('example.com has nothing at this address. Check the link.')
  })

  test.each(names)('takes the place of an old text about %s, and says what to do', (name) => {
    const sentence = userSentence(name, 'Expected something; got nothing.')
    expect(sentence).toMatch(/^(?!Expected)[A-Z][^.]+\. (?!Expected)[A-Z][^.]+\.$/)
    expect(sentence === generic).toBe(errorTable[name].category === 'system')
  })

  test.each(['EnvironmentError', 'EventPublishError', 'ClaimLostError', 'ObjectVerificationError', 'TypeError', 'AccessDenied', 'Lambda.Unknown', 'States.Timeout', 'constructor'])(
    'is one and the same for %s, whatever it says', (code) => {
      expect(userSentence(code, 'Cannot read properties of undefined')).toBe(generic)
    }
  )
})

describe('an error as users see it', () => {
  test('is as it was recorded where that is a sentence for users', () => {
    const error = {code: 'GeoBlockedError', message: 'example.com does not show it here.', retryable: false}
    expect(userError(error)).toEqual(error)
  })

  test('keeps the text for developers beside the sentence', () => {
    expect(userError({code: 'States.Timeout', message: 'The download ended with States.Timeout.', retryable: true}))
      .toEqual({code: 'States.Timeout', message: generic, retryable: true, detail: 'The download ended with States.Timeout.'})
  })

  test('has no detail where nothing was said', () => {
    expect(userError({code: 'Error', message: '', retryable: true})).toEqual({code: 'Error', message: generic, retryable: true})
  })
})
