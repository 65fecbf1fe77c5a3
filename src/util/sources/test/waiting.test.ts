import {describe, expect, it} from '@jest/globals'
import {NamedError, type ErrorName} from '../../errors'
import {lookAgainAt, waitingFor} from '../waiting'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const at = (seconds: number): string => new Date(now + seconds * 1000).toISOString()
const error = (name: ErrorName, availableAt?: string): NamedError => new NamedError(name, 'No.', {availableAt})

describe('lookAgainAt', () => {
  it.each([
    ['RateLimitedError', 0, 60], ['RateLimitedError', 3, 480], ['RateLimitedError', 20, 3_600], ['NotYetAvailableError', 0, 900], ['NotYetAvailableError', 30, 21_600],
    ['SourceChangedError', 0, 5], ['PlanExpiredError', 2, 20]
  ] as const)('waits longer each time after a %s that names no time: %d', (name, timesInVain, seconds) => {
    expect(lookAgainAt(error(name), timesInVain, now)).toBe(at(seconds))
  })

  it.each([
    ['the time that the source named', at(121), 0, at(121)], ['the time that it named, however often before', at(7_200), 12, at(7_200)],
    ['the next whole second', '2026-11-23T10:02:00.001Z', 0, at(121)], ['longer each time that was too short', at(1), 5, at(32)],
    ['an hour at most longer than named', at(1), 29, at(3_600)], ['a moment after a time that is over', at(-60), 0, at(1)]
  ])('waits for %s', (_what, availableAt, timesInVain, expected) => {
    expect(lookAgainAt(error('RateLimitedError', availableAt), timesInVain, now)).toBe(expected)
  })

  it.each(['TransientSourceError', 'SourceForbiddenError', 'ClaimLostError'] as const)('leaves a %s to others', (name) => {
    expect(lookAgainAt(error(name, at(5)), 0, now)).toBeUndefined()
  })

  it('does not begin before the second in which a wait ends', () => {
    expect(lookAgainAt(error('RateLimitedError'), 0, now + 1)).toBe(at(61))
  })
})

describe('waitingFor', () => {
  it.each<[ErrorName, string, string]>([
    ['RateLimitedError', 'example.com wants fewer requests (HTTP 429). Try again later.', 'example.com wants fewer requests (HTTP 429).'],
    ['NotYetAvailableError', '"A. B." is live. Wait until it is over, or request it again then.', '"A. B." is live.'],
    ['SourceChangedError', 'The file changed at example.com.', 'The file changed at example.com.'],
    ['RateLimitedError', 'Try again later.', 'Try again later.'],
    ['RateLimitedError', 'Expected a connection; all are taken.', 'The source wants fewer requests.']
  ])('says of a %s why the file waits, and leaves out advice that no one needs: %s', (name, message, reason) => {
    expect(waitingFor(new NamedError(name, message))).toEqual({waiting: {code: name, reason}})
  })

  it('keeps what the next look is to be compared with', () => {
    const playlist = {digest: 'd', at: '2026-11-23T10:00:00.000Z'}
    expect(waitingFor(new NamedError('NotYetAvailableError', 'It is live.', {playlist}))).toEqual({waiting: {code: 'NotYetAvailableError', reason: 'It is live.'}, playlist})
  })
})
