import {expect, it} from '@jest/globals'
import {ageInDays, findYtDlp, judged, lacksFfprobe, ytDlpLine} from '../yt-dlp'

const now = Date.parse('2026-11-30T10:00:00Z')

it.each([['2026.08.19', 103], ['2026.8.19.232825', 103], ['2027.01.01', 0], ['nightly', undefined], ['', undefined]])('finds the age of %s', (version, days) => {
  expect(ageInDays(version, now)).toBe(days)
})

it('has no advice on a version of 90 days', () => {
  expect(ytDlpLine(judged('yt-dlp', '2026.09.01', 'Update it.', now))).toBe('yt-dlp (yt-dlp): version 2026.09.01, 90 days old.')
})

it('advises to replace an older one', () => {
  expect(ytDlpLine(judged('yt-dlp', '2026.08.31', 'Update it.', now)))
    .toBe('yt-dlp (yt-dlp): version 2026.08.31, 91 days old. Sites that changed since then may fail. Update it.')
})

it('says that there is none', async () => {
  expect(ytDlpLine(await findYtDlp(true, {YT_DLP_PATH: '/nowhere/yt-dlp'}))).toMatch(/^yt-dlp \(\/nowhere\/yt-dlp\): none\. It cannot be run, so .*Install it/)
})

it('misses ffprobe on a machine that has none, and never in the layer', async () => {
  expect(await lacksFfprobe(true, {PATH: '/nowhere'})).toMatch(/^ffprobe: none\. .*lost its sound/)
  expect(await lacksFfprobe(false, {PATH: '/nowhere'})).toBeUndefined()
})

it('reads what is pinned for the layer', async () => {
  expect(await findYtDlp(false, {})).toMatchObject({where: 'the layer of this checkout', version: expect.stringMatching(/^\d{4}\.\d\d\.\d\d/), days: expect.any(Number)})
})
