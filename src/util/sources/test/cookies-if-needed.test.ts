import {afterAll, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {NamedError} from '../../errors'

const getParameter = jest.fn<(input: {Name?: string}) => Promise<{Parameter?: {Value?: string}}>>()
const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/AWS/SSM', () => ({getParameter}))
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

const url = new URL('https://media.example.com/watch/1')
const cookies = '# Netscape HTTP Cookie File\n#HttpOnly_.example.com\tTRUE\t/\tTRUE\t0\tsession\tsecret\n'
const needed = new NamedError('NeedsCookiesError', 'Sign in.')
const {withCookiesIfNeeded} = await import('../cookies-if-needed')
// What was read is kept for minutes: each test has a day of its own.
let day = 0

/** What the work was given, one after the other; it opens for the cookies in `opening`. */
const given = async (opening: string | undefined, at = url): Promise<unknown> => {
  const seen: Array<string | undefined> = []
  const outcome = await withCookiesIfNeeded(at, async (secret) => {
    seen.push(secret)
    if (secret !== opening) {
      throw needed
    }
    return 'opened'
  }).catch((error: unknown) => error)
  return {seen, outcome}
}

afterAll(() => { jest.useRealTimers() })
beforeEach(() => {
  freezeDate(new Date(Date.UTC(2025, 10, ++day)).toISOString())
  process.env.YT_DLP_COOKIES_PARAMETER = '/MediaDownloader/YtDlpCookies'
  getParameter.mockReset().mockResolvedValue({Parameter: {Value: cookies}})
  emitMetrics.mockReset()
})

describe('withCookiesIfNeeded', () => {
  it('shows no cookies to a site that wants none', async () => {
    expect(await given(undefined)).toEqual({seen: [undefined], outcome: 'opened'})
    expect(getParameter.mock.calls).toEqual([])
  })

  it('shows them to a site that asks, read decrypted and once for many files', async () => {
    expect(await given(cookies)).toEqual({seen: [undefined, cookies], outcome: 'opened'})
    expect(await given(cookies)).toEqual({seen: [undefined, cookies], outcome: 'opened'})
    expect(getParameter.mock.calls).toEqual([[{Name: '/MediaDownloader/YtDlpCookies', WithDecryption: true}]])
    expect(emitMetrics.mock.calls).toEqual([])
  })

  it('reads nothing if the operator named no parameter', async () => {
    process.env.YT_DLP_COOKIES_PARAMETER = ''
    expect(await given('never')).toEqual({seen: [undefined], outcome: needed})
    expect(getParameter.mock.calls).toEqual([])
  })

  it.each(['https://elsewhere.org/watch', 'https://notexample.com/watch'])('does not try with cookies that are for others: %s', async (at) => {
    expect(await given('never', new URL(at))).toEqual({seen: [undefined], outcome: needed})
    expect(emitMetrics.mock.calls).toEqual([])
  })

  it('knows a site by all its names', async () => {
    const youtube = cookies.replace('.example.com', '.youtube.com')
    getParameter.mockResolvedValue({Parameter: {Value: youtube}})
    expect(await given(youtube, new URL('https://youtu.be/dQw4w9WgXcQ'))).toEqual({seen: [undefined, youtube], outcome: 'opened'})
  })

  it('says to the operator, in a sentence and a metric, that they have expired', async () => {
    expect(await given('renewed')).toEqual({seen: [undefined, cookies], outcome: expect.objectContaining({
      name: 'NeedsCookiesError', message: expect.stringMatching(/cookies of the operator.*expired.*Sign in\..*Ask them to renew the cookies\.$/)
    })})
    expect(emitMetrics.mock.calls).toEqual([[{CookiesRefused: {unit: 'Count', value: 1}}]])
  })

  it('says so where the parameter has none that yt-dlp could read', async () => {
    getParameter.mockResolvedValue({Parameter: {Value: 'session=secret'}})
    expect(await given('never')).toEqual({seen: [undefined], outcome: expect.objectContaining({
      name: 'NeedsCookiesError', message: expect.stringMatching(/none in the Netscape format/)
    })})
    expect(emitMetrics).toHaveBeenCalledTimes(1)
  })

  it('never says them, whatever happens', async () => {
    const {outcome} = await given('renewed') as {outcome: NamedError}
    expect(JSON.stringify([outcome.message, outcome.stack, emitMetrics.mock.calls])).not.toContain('secret')
  })

  it('throws what else goes wrong with them as it is', async () => {
    const other = new NamedError('GeoBlockedError', 'Not here.')
    await expect(withCookiesIfNeeded(url, async (secret) => { throw secret === undefined ? needed : other })).rejects.toBe(other)
  })
})
