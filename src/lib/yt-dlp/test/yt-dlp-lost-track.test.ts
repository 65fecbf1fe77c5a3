import {describe, expect, it, jest} from '@jest/globals'
import {toDownload} from '../choice'
import type {MediaDescription} from '../description'
import type {Format} from '../typed'
import {type Came, type Instead, findAlternative, findLoss} from '../lost-track'
import {promisedBy} from '../promised'
import {type Attempt, withAllTracks} from '../whole'

const base = 'https://x/v/master.m3u8'
const format = (name: string, more: Partial<Format> = {}): Format =>
  ({format_id: name, url: `https://x/v/${name}.m3u8`, manifest_url: base, protocol: 'm3u8_native', ext: 'mp4', ...more})
const sound = (name: string, more: Partial<Format> = {}): Format => format(name, {vcodec: 'none', ...more})
const film = format('film', {vcodec: 'avc1.42c00d', acodec: 'mp4a.40.2', height: 180})
const picture = format('v', {vcodec: 'avc1.42c00d', acodec: 'none', height: 180})
const unknown = format('v', {height: 180})
const storyboard: Format = {format_id: 'sb0', protocol: 'mhtml', url: 'https://x/sb', vcodec: 'none', acodec: 'none'}

const described = (formats: readonly Format[], more: Partial<MediaDescription> = {}): MediaDescription =>
  ({liveStatus: 'not_live', info: {format_id: '0', formats}, ...more})
const silent: Came = {tracks: {picture: true, sound: false}}
const blind: Came = {tracks: {picture: false, sound: true}}

describe('What a playlist names', () => {
  const of = (text: string, selected: Format = unknown) => promisedBy({...selected, requested_formats: [selected]}, [`#EXTM3U\n${text}`])
  const media = (name: string, more: string): string => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${name}"${more}\n`
  const variant = (more: string, address = 'v.m3u8'): string => `#EXT-X-STREAM-INF:BANDWIDTH=300000${more}\n${address}\n`

  it.each([
    ['nothing', variant(''), {}],
    ['a codec of sound', variant(',CODECS="mp4a.40.2"'), {sound: 'within'}],
    ['codecs of both', variant(',CODECS="avc1.42c00d,ec-3"'), {sound: 'within', picture: 'within'}],
    ['a picture by its size', variant(',RESOLUTION=320x180'), {picture: 'within'}],
    ['a sound within its variants', media('en', '') + variant(',AUDIO="a"'), {sound: 'within'}],
    ['variants with a picture and one without, by its lack of a size alone', variant(',RESOLUTION=320x180') + variant('', 'a.m3u8'), {sound: 'within', picture: 'within'}],
    ['a picture in all sizes', variant(',RESOLUTION=320x180') + variant(',RESOLUTION=640x360', 'w.m3u8'), {picture: 'within'}]
  ])('is %s', (_what, text, promised) => {
    expect(of(text)).toEqual({promised})
  })

  it('is a sound of its own, the default first', () => {
    expect(of(media('fi', ',URI="fi.m3u8"') + media('en', ',URI="en.m3u8",DEFAULT=YES') + variant('')))
      .toEqual({promised: {sound: 'apart'}, sounds: ['https://x/v/en.m3u8', 'https://x/v/fi.m3u8']})
  })

  it('is nothing by the playlist of something else, or of segments', () => {
    expect(of(media('en', ',URI="en.m3u8"') + variant('', 'other.m3u8'))).toEqual({})
    expect(of('#EXTINF:1,\nv0.ts\n')).toEqual({})
    expect(promisedBy({...unknown, manifest_url: undefined}, ['#EXTM3U\n'])).toEqual({})
  })

  it('is what a DASH manifest has', () => {
    const mpd = (...kinds: string[]): string => `<MPD><Period>${kinds.map((kind) => `<AdaptationSet mimeType="${kind}/mp4"><Representation id="${kind}"/></AdaptationSet>`).join('')}</Period></MPD>`
    const dash = format('0', {protocol: 'http_dash_segments'})
    expect(promisedBy({...dash, requested_formats: [dash]}, [mpd('video', 'audio')])).toEqual({promised: {picture: 'apart', sound: 'apart'}})
    expect(promisedBy({...dash, requested_formats: [dash]}, [mpd('video')])).toEqual({promised: {picture: 'apart'}})
  })
})

describe('A track is lost', () => {
  const loss = (formats: readonly Format[], chosen: readonly Format[], came: Came, more: Partial<MediaDescription> = {}, audio?: 'm4a') =>
    findLoss(described(formats, more), toDownload(chosen, audio), came)

  it.each([
    ['that was fetched by itself', [picture, sound('en')], [picture, sound('en')], silent, {}, {kind: 'sound', promised: 'apart'}],
    ['that is listed by itself', [unknown, sound('en')], [unknown], silent, {}, {kind: 'sound', promised: 'apart'}],
    ['that its manifest has by itself', [unknown], [unknown], silent, {promised: {sound: 'apart'}}, {kind: 'sound', promised: 'apart'}],
    ['whose codec is named', [film], [film], silent, {}, {kind: 'sound', promised: 'within'}],
    ['that is the picture of a film', [film], [film], blind, {}, {kind: 'picture', promised: 'within'}],
    ['that is a picture by itself', [picture, sound('en')], [picture, sound('en')], blind, {}, {kind: 'picture', promised: 'apart'}],
    ['that has a size', [unknown], [unknown], blind, {promised: {picture: 'within'}}, {kind: 'picture', promised: 'within'}]
  ] as const)('%s', (_what, formats, chosen, came, more, expected) => {
    expect(loss(formats, chosen, came, more)).toEqual(expected)
  })

  it('if the sound was asked for and is not there', () => {
    expect(loss([film], [film], silent, {}, 'm4a')).toEqual({kind: 'sound', promised: 'apart'})
  })

  it.each([
    ['of a source that names none', [unknown], [unknown], silent],
    ['of a silent film', [picture, storyboard], [picture], silent],
    ['of a sound without a picture', [sound('en')], [sound('en')], blind],
    ['of a sound of unknown codecs', [format('a')], [format('a')], blind],
    ['of a file that no one could look into', [film], [film], {}],
    ['of what is protected, which cannot be had', [unknown, sound('en', {has_drm: true})], [unknown], silent]
  ])('never %s', (_what, formats, chosen, came) => {
    expect(loss(formats, chosen, came)).toBeUndefined()
  })

  it('never of a picture, if the sound alone was asked for', () => {
    expect(loss([film], [film], blind, {promised: {picture: 'apart'}}, 'm4a')).toBeUndefined()
  })
})

describe('Another choice', () => {
  const other = (formats: readonly Format[], chosen: readonly Format[], came: Came, more: Partial<MediaDescription> = {}, audio?: 'm4a'): unknown => {
    const choice = toDownload(chosen, audio)
    const description = described(formats, more)
    return findAlternative(description, choice, findLoss(description, choice, came)!, came)
  }

  it('has the sound that a player would take beside the picture, and says that this has none', () => {
    const [en, fi] = [sound('en'), sound('fi')]
    expect(other([en, fi, unknown], [unknown], silent, {sounds: [en.url!, fi.url!]})).toMatchObject({
      choice: {kind: 'download', formatId: 'v+en', container: 'mp4'},
      description: {info: {formats: [fi, {...unknown, acodec: 'none'}, en]}}
    })
  })

  it.each([
    ['the best of yt-dlp where no manifest ranks them', [sound('low'), sound('high'), unknown], [unknown], silent, 'v+high'],
    ['another sound than the one that failed', [sound('a'), sound('b'), picture], [picture, sound('b')], silent, 'v+a'],
    ['the sound that the picture has itself', [sound('a'), sound('b'), picture], [picture, sound('b')], {...silent, isPictureHeard: true}, 'v'],
    ['another picture with the same sound', [format('small', {vcodec: 'avc1', acodec: 'none'}), picture, sound('a')], [picture, sound('a')], blind, 'small+a'],
    ['another film', [format('small', {vcodec: 'avc1', acodec: 'mp4a'}), film], [film], blind, 'small']
  ])('is %s', (_what, formats, chosen, came, formatId) => {
    expect(other(formats, chosen, came)).toMatchObject({choice: {formatId}})
  })

  it('is the variant without a size, where nothing else may be the sound', () => {
    expect(other([format('a'), unknown], [unknown], silent, {promised: {sound: 'within'}})).toMatchObject({choice: {formatId: 'v+a'}})
    expect(other([format('a', {manifest_url: 'https://x/else'}), unknown], [unknown], silent, {promised: {sound: 'within'}})).toBeUndefined()
  })

  it('is another format with a sound, for those who want that alone', () => {
    expect(other([picture, film, sound('a')], [sound('a')], silent, {}, 'm4a')).toMatchObject({choice: {formatId: 'film', audio: 'm4a'}})
  })

  it('is not there without another format', () => {
    expect([other([film], [film], silent), other([picture, sound('a')], [picture, sound('a')], silent), other([film], [film], silent, {}, 'm4a')]).toEqual([undefined, undefined, undefined])
  })
})

describe('A download', () => {
  const medium = () => ({remove: jest.fn(async () => undefined)})
  const whole: Came = {tracks: {picture: true, sound: true}}
  const start = (formats: readonly Format[], chosen: readonly Format[], attempts: ReadonlyArray<Attempt<ReturnType<typeof medium>>>) => {
    const left = [...attempts]
    const fetch = jest.fn(async (_choice: Instead) => left.shift()!)
    return {fetch, end: withAllTracks({description: described(formats), choice: toDownload(chosen)}, fetch)}
  }

  it('with all its tracks is kept', async () => {
    const media = medium()
    const {end, fetch} = start([film], [film], [{...whole, media}])
    expect(await end).toBe(media)
    expect([fetch.mock.calls.length, media.remove.mock.calls.length]).toEqual([1, 0])
  })

  it('without a track is made once more, and the first one goes before', async () => {
    const [first, second] = [medium(), medium()]
    const {end, fetch} = start([unknown, sound('a')], [unknown], [{...silent, media: first}, {...whole, media: second}])
    expect(await end).toBe(second)
    expect(fetch.mock.calls.map(([{choice}]) => choice.formatId)).toEqual(['v', 'v+a'])
    expect(first.remove).toHaveBeenCalledTimes(1)
  })

  it('without it both times is removed and refused', async () => {
    const second = medium()
    const {end} = start([unknown, sound('a')], [unknown], [{...silent, media: medium()}, {...silent, media: second}])
    await expect(end).rejects.toMatchObject({name: 'TrackMissingError', retryable: false, message: expect.stringMatching(/^The sound of this media.*Look for another source/)})
    expect(second.remove).toHaveBeenCalledTimes(1)
  })

  it('that its source only names within another is kept, with what is missing', async () => {
    const {end, fetch} = start([film], [film], [{...silent, media: medium()}])
    expect(await end).toMatchObject({missing: 'sound'})
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('that could not be put together for want of a track is refused by that name', async () => {
    const error = new Error('Stream map \'1:a:0\' matches no streams.')
    await expect(start([picture, sound('a')], [picture, sound('a')], [{...silent, error}]).end).rejects.toMatchObject({name: 'TrackMissingError', cause: error})
  })

  it('that could not be put together though all is there fails as it did', async () => {
    const error = new Error('No space left on device')
    await expect(start([picture, sound('a')], [picture, sound('a')], [{...whole, error}]).end).rejects.toBe(error)
  })
})
