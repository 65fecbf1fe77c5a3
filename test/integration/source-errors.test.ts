import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {FileView} from '../../src/types/domain'
import {eventsOf, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {requireStored} from '../helpers/stored'
import {startSystem, type System} from '../helpers/system'

const mebibyte = 1024 ** 2

interface Mood {
  readonly path: string | ((nth: number) => string)
  /** Which request is the first to be answered so, and how many are. */
  readonly from: number
  readonly times: number
}

let system: System
let site: MediaSite
const moods = new Map<string, Mood>()

beforeAll(async () => {
  site = await startMediaSite({instead: (path, nth) => {
    const {path: other, from, times} = moods.get(path) ?? {path, from: 1, times: 0}
    return nth < from || nth >= from + times ? undefined : typeof other === 'string' ? other : other(nth)
  }})
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--virtual-clock', '--max-file-bytes', '400000000'])
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
})

let asked = 0
/** Brings a file whose source answers otherwise once its metadata are known. */
const bring = async (other: Mood['path'], mood: Partial<Mood> = {}, size = 200_000): Promise<FileView> => {
  const path = `/synthetic/${size}.mp4?file=${++asked}`
  moods.set(path, {path: other, from: 2, times: 1, ...mood})
  const {body: {fileId}} = await requestFile(system, 'ann', site.url(path))
  return settledFile(system, 'ann', fileId, 120_000)
}

const secondsOf = ({requestedAt, completedAt}: FileView): number => (Date.parse(completedAt ?? '') - Date.parse(requestedAt)) / 1000

const failuresOf = ({fileId}: FileView): unknown[] =>
  eventsOf(system, 'FileDownloadFailed').map((line) => (line['event'] as {detail: {fileId: string}}).detail).filter((detail) => detail.fileId === fileId)

describe('A source that lets the workflow down', () => {
  it.each([
    ['is in trouble', '/status/500/a.mp4', 3], ['breaks off in good order', '/short.mp4', 2], ['resets the connection', '/reset/300000.mp4', 2], ['is not ready', '/status/425/a.mp4', 1]
  ])('is asked again until it delivers: it %s', async (_what, other, times) => {
    const file = await bring(other, {times})
    expect(file).toMatchObject({status: 'Downloaded', size: 200_000, error: null})
    await requireStored(file, 200_000)
    expect(failuresOf(file)).toEqual([])
  }, 150_000)

  it.each([
    ['429 with Retry-After', '/status/429/a.mp4?retry-after=1200', 1200], ['503 with Retry-After', '/status/503/a.mp4?retry-after=2400', 2400],
    ['429 without', '/status/429/a.mp4', 60]
  ])('is left alone for as long as it says: %s', async (_what, other, seconds) => {
    const file = await bring(other)
    expect(file.status).toBe('Downloaded')
    expect(secondsOf(file)).toBeGreaterThanOrEqual(seconds)
    expect(secondsOf(file)).toBeLessThan(seconds + 60)
  }, 150_000)

  it.each([
    ['refuses', '/status/403/a.mp4', 'SourceForbiddenError'], ['has nothing there any more', '/status/404/a.mp4', 'SourceNotFoundError'],
    ['may not show it here', '/status/451/a.mp4', 'GeoBlockedError'], ['sends nothing', '/empty.mp4', 'EmptyBodyError'],
    ['sends a page', '/html.mp4', 'HtmlInsteadOfMediaError'], ['calls a page a video', '/lying.mp4', 'HtmlInsteadOfMediaError'],
    ['sends words', '/text.txt', 'UnsupportedSourceError'], ['has more than is allowed', '/synthetic/400000001.mp4', 'FileTooLargeError'],
    ['sends more than is allowed', '/synthetic/400000001.mp4?chunked=1', 'FileTooLargeError'], ['leads in a circle', '/redirect-loop.mp4', 'TooManyRedirectsError'],
    ['leads into the cloud\'s own house', '/redirect?to=http://169.254.169.254/latest/meta-data/', 'PrivateAddressError']
  ])('ends as what it is: it %s', async (_what, other, code) => {
    const file = await bring(other, {times: Infinity})
    expect(file).toMatchObject({status: 'Failed', downloadUrl: null, error: {code, retryable: false}})
    expect(failuresOf(file)).toMatchObject([{errorCode: code, retryable: false}])
    expect(eventsOf(system, 'FileDownloadCompleted').filter((line) => JSON.stringify(line).includes(file.fileId))).toEqual([])
  }, 150_000)

  it.each([['/short.mp4', 'TruncatedBodyError'], ['/status/500/a.mp4', 'TransientSourceError']])('is given up after hours, and may be asked for again: %s', async (other, code) => {
    expect(await bring(other, {times: Infinity})).toMatchObject({status: 'Failed', error: {code, retryable: true}})
  }, 150_000)
})

describe('A source of a transfer by ranges', () => {
  const size = 136 * mebibyte

  it('that wants fewer requests is left alone for as long as it says, and no part is fetched twice', async () => {
    const before = site.requests.length
    const file = await bring('/status/429/a.mp4?retry-after=1800', {from: 4}, size)
    expect(file.status).toBe('Downloaded')
    expect(secondsOf(file)).toBeGreaterThanOrEqual(1800)
    const sent = site.requests.slice(before).reduce((sum, request) => sum + request.sent, 0)
    // Those that were under way beside the refused one may have been brought to their end, or not: a part and a connection each.
    expect(sent).toBeLessThanOrEqual(size + 3 * 16 * mebibyte)
    await requireStored(file, size)
  }, 150_000)

  it.each([['another of the same size', size], ['a longer one', size + mebibyte]])('that becomes %s is fetched again: two versions are never mixed', async (_what, later) => {
    const file = await bring(`/synthetic/${later}.mp4?version=7`, {from: 4, times: Infinity}, size)
    expect(file).toMatchObject({status: 'Downloaded', size: later})
    await requireStored(file, later, 7)
  }, 150_000)

  it('whose ETag alone never stays the same is fetched as a whole in the end', async () => {
    const before = site.requests.length
    const file = await bring((nth) => `/synthetic/${size}.mp4?version=${nth}`, {from: 1, times: Infinity}, size)
    expect(file).toMatchObject({status: 'Downloaded', size})
    const [wholes, ranges] = [undefined, 'bytes='].map((text) =>
      site.requests.slice(before).filter(({headers: {range}}) => text === undefined ? range === undefined : range?.startsWith(text)).length)
    // Planned by looks at the first bytes, then fetched as a whole.
    expect([wholes, ranges! > 3]).toEqual([1, true])
    await requireStored(file, size, site.requests.length - before)
  }, 150_000)
})
