import {describe, expect, test} from '@jest/globals'
import {type ErrorName, errorTable} from '../errors'
import {userError, userSentence} from '../user-sentence'

const names = Object.keys(errorTable) as ErrorName[]
const foreign = ['TypeError', 'AccessDenied', 'Lambda.Unknown', 'Lambda.ServiceException', 'States.Timeout', 'States.DataLimitExceeded', 'constructor', '']
const url = 'https://example.com:8443/a/clip.mp4?x=1'
const generic = 'Something went wrong on our side, not with your file. Request it again; if that does not help, tell the operator of this service.'

/** Those that say what the source did. */
const namesHost: readonly ErrorName[] = [
  'PrivateAddressError', 'TransientSourceError', 'SourceStalledError', 'TruncatedBodyError', 'TransferTimeoutError', 'RateLimitedError', 'NeedsCookiesError',
  'SourceForbiddenError', 'GeoBlockedError', 'MediaUnavailableError', 'SourceNotFoundError', 'UnknownHostError', 'TooManyRedirectsError',
  'UnsupportedSourceError', 'HtmlInsteadOfMediaError', 'EmptyBodyError', 'EndlessSourceError', 'SourceChangedError'
]

const old = 'Expected the media from example.com; got a range with an ETag.'

describe('a sentence for users', () => {
  test('is the error\'s own if that is written for them', () => {
    expect(userSentence('SourceNotFoundError', 'example.com has nothing at this address (HTTP 404). Check the link.', url))
      .toBe('example.com has nothing at this address (HTTP 404). Check the link.')
  })

  test.each(names.flatMap((name) => [[name, old] as const, [name, ''] as const]))('about %s says what happened and what to do instead of "%s"', (name, message) => {
    const sentence = userSentence(name, message, url)
    expect(sentence).toMatch(/^(?:example\.com:8443 |[A-Z])[^.]+(?:\.mp4)?\. [A-Z][^.]+\.$/)
    expect(sentence).not.toMatch(/Expected|\bETag\b|\brange/i)
    expect(sentence.length).toBeLessThanOrEqual(200)
    expect(sentence.includes('example.com:8443')).toBe(namesHost.includes(name))
    expect(sentence === generic).toBe(errorTable[name].category === 'system')
  })

  test.each(names.filter((name) => errorTable[name].category !== 'system'))('about %s is its own', (name) => {
    const sentence = userSentence(name, '')
    expect(names.filter((other) => userSentence(other, '') === sentence)).toEqual([name])
  })

  test.each([[undefined], [''], ['no link'], ['mailto:someone@example.com']])('names no host if the link is %s', (link) => {
    expect(userSentence('SourceNotFoundError', '', link)).toBe('The source has nothing at this address. Check the link.')
  })

  test.each(['EnvironmentError', 'EventPublishError', 'ClaimLostError', 'ObjectVerificationError', ...foreign])(
    'is one and the same for %s, whatever it says', (code) => {
      expect(userSentence(code, 'Cannot read properties of undefined', url)).toBe(generic)
    }
  )
})

describe('an error as users see it', () => {
  test('is as it was recorded if that is a sentence for users', () => {
    const error = {code: 'GeoBlockedError', message: 'example.com does not show it here.', retryable: false}
    expect(userError(error, url)).toEqual(error)
  })

  test('keeps the text for developers beside the sentence', () => {
    expect(userError({code: 'States.Timeout', message: 'The download ended with States.Timeout.', retryable: true}, url))
      .toEqual({code: 'States.Timeout', message: generic, retryable: true, detail: 'The download ended with States.Timeout.'})
    expect(userError({code: 'SourceNotFoundError', message: old, retryable: false}, url))
      .toEqual({code: 'SourceNotFoundError', message: 'example.com:8443 has nothing at this address. Check the link.', retryable: false, detail: old})
  })

  test('has no detail if nothing was said', () => {
    expect(userError({code: 'Error', message: '', retryable: true})).toEqual({code: 'Error', message: generic, retryable: true})
  })
})
