import {describe, expect, it} from '@jest/globals'
import {asDownload, chooseMedia} from '../choice'
import {parseDescription} from '../description'
import type {Info} from '../typed'
import {findExtras} from '../extras'
import {formatArguments} from '../presets'

const video = {format_id: '137', protocol: 'https', url: 'https://x/v', height: 1080, vcodec: 'avc1', acodec: 'none', filesize: 1000}
const audio = {format_id: '140', protocol: 'https', url: 'https://x/a', vcodec: 'none', acodec: 'mp4a', filesize_approx: 100}
const whole = {format_id: '22', protocol: 'https', url: 'https://x/w', height: 1080, vcodec: 'avc1', acodec: 'mp4a', filesize: 900, http_headers: {Referer: 'https://x/'}}
const info = (more: Partial<Info>): Info => ({format_id: '0', ...more})

describe('chooseMedia', () => {
  it('streams one whole file', () => {
    expect(chooseMedia(info(whole))).toEqual({kind: 'stream', url: 'https://x/w', headers: {Referer: 'https://x/'}, formatId: '22', size: 900})
  })

  it('downloads separate tracks, as large as both', () => {
    expect(chooseMedia(info({requested_formats: [video, audio]}))).toEqual({kind: 'download', formatId: '137+140', size: 1100})
  })

  it('streams a whole file instead of separate tracks where it is as good', () => {
    expect(chooseMedia(info({requested_formats: [video, audio], formats: [whole, video, audio]}))).toMatchObject({kind: 'stream', formatId: '22'})
    expect(chooseMedia(info({requested_formats: [video, audio], formats: [{...whole, height: 720}, video, audio]}))).toMatchObject({kind: 'download', formatId: '137+140'})
    expect(chooseMedia(info({requested_formats: [video, audio], formats: [{...whole, has_drm: true}]}))).toMatchObject({kind: 'download'})
  })

  it.each([['HLS', {protocol: 'm3u8_native'}], ['DASH', {protocol: 'http_dash_segments'}], ['fragments', {fragments: [{}]}], ['cookies', {cookies: 'a=b; Domain=x'}], ['cookies as a header', {http_headers: {Cookie: 'a=b'}}]])(
    'downloads %s', (_what, more) => {
      expect(chooseMedia(info({...whole, ...more}))).toEqual({kind: 'download', formatId: '22', size: 900})
    })

  it.each(['rtmp', 'rtsp', 'mms', 'websocket_frag', 'file', 'f4m'])('refuses what goes around the guard: %s', (protocol) => {
    expect(() => chooseMedia(info({...whole, protocol}))).toThrow(expect.objectContaining({name: 'UnsupportedSourceError'}))
  })

  it('reads the protocol off the URL where it is not said', () => {
    expect(chooseMedia(info({...whole, protocol: undefined}))).toMatchObject({kind: 'stream'})
    expect(() => chooseMedia(info({...whole, protocol: undefined, url: 'rtmp://x/w'}))).toThrow(expect.objectContaining({name: 'UnsupportedSourceError'}))
  })

  it('says that a page offers nothing', () => {
    expect(() => chooseMedia(info({}))).toThrow(expect.objectContaining({name: 'MediaUnavailableError'}))
  })

  it('keeps what was chosen before, though a whole file is as good', () => {
    const offered = info({requested_formats: [video, audio], formats: [whole, video, audio]})
    expect(chooseMedia(offered, {formatId: '137+140'})).toMatchObject({kind: 'download', formatId: '137+140'})
    expect(chooseMedia(offered, {formatId: '136+140'})).toMatchObject({kind: 'stream', formatId: '22'})
  })

  it.each([
    ['streams a file of that sound', 'audio', {ext: 'm4a'}, 'stream'], ['streams an MP3', 'audio-mp3', {ext: 'mp3'}, 'stream'],
    ['puts right the fragments of a DASH track', 'audio', {ext: 'm4a', container: 'm4a_dash'}, 'download'], ['makes an MP3 of another sound', 'audio-mp3', {ext: 'm4a'}, 'download'],
    ['takes the sound out of a video', 'audio', {ext: 'mp4', vcodec: 'avc1'}, 'download']
  ] as const)('%s: %s of %o', (_what, preset, more, kind) => {
    const track = {...audio, filesize: 100, ...more}
    expect(chooseMedia(info({...track, formats: [whole, track]}), {preset})).toMatchObject({kind, formatId: '140', size: 100, audio: preset === 'audio' ? 'm4a' : 'mp3'})
  })

  it('keeps the format where yt-dlp must fetch it after all', () => {
    expect(asDownload(chooseMedia(info(whole)))).toEqual({kind: 'download', formatId: '22', size: 900})
    expect(asDownload(chooseMedia(info({...audio, ext: 'm4a'}), {preset: 'audio'}))).toEqual({kind: 'download', formatId: '140', size: 100, audio: 'm4a'})
  })
})

describe('findExtras', () => {
  const vtt = {url: 'https://x/en.vtt', ext: 'vtt'}

  it('finds the picture, and captions that a browser shows, without anybody\'s cookies', () => {
    const headers = {'User-Agent': 'Mozilla/5.0', Cookie: 'session=1'}
    expect(findExtras(info({thumbnail: 'https://x/t.jpg', http_headers: headers, subtitles: {en: [{url: 'https://x/en.srt', ext: 'srt'}, vtt], 'pt-BR': [vtt]}}))).toEqual({
      thumbnail: {url: 'https://x/t.jpg', headers: {'User-Agent': 'Mozilla/5.0'}},
      captions: ['en', 'pt-BR'].map((language) => ({language, url: 'https://x/en.vtt', headers: {'User-Agent': 'Mozilla/5.0'}}))
    })
  })

  it.each([
    ['other formats', {en: [{url: 'https://x/en.json', ext: 'json3'}]}], ['playlists of parts', {en: [{...vtt, protocol: 'm3u8_native'}]}], ['a chat', {live_chat: [vtt]}],
    ['what could leave the folder', {'../../media': [vtt], 'a/b': [vtt]}], ['other schemes', {en: [{url: 'file:///etc/passwd', ext: 'vtt'}]}], ['nothing', {en: null}]
  ])('takes no captions of %s', (_what, subtitles) => {
    expect(findExtras(info({subtitles, thumbnail: 'file:///etc/passwd'}))).toEqual({captions: []})
  })
})

describe('formatArguments', () => {
  it('asks for at most the allowed lines, by the shorter side', () => {
    expect(formatArguments({preset: '720p'})).toEqual(['--format', 'bv*+ba/b', '--format-sort', expect.stringContaining('res:720,')])
  })

  it('asks for what was chosen before, and for the preset where that is gone', () => {
    expect(formatArguments({preset: '1080p', formatId: '137+140'})[1]).toBe('137+140/bv*+ba/b')
    expect(formatArguments({preset: 'audio', formatId: 'hls-audio.en_1'})[1]).toBe('hls-audio.en_1/ba[ext=m4a]/ba[acodec^=mp4a]/ba/b')
  })

  it.each(['best[height>1]', '1/2', 'a,b', '(x)', '', '137++140', '22 --exec=id'])('takes no selector for a name: %s', (formatId) => {
    expect(formatArguments({formatId})[1]).toBe('bv*+ba/b')
  })
})

describe('What sites say of another type than they should', () => {
  const chosen = (more: Record<string, unknown>) => chooseMedia(parseDescription(JSON.stringify({...whole, ...more})).info)

  it('is as good as absent', () => {
    const odd = {protocol: 7, ext: [], vcodec: {}, acodec: 1, height: '1080', filesize: -1, filesize_approx: '900', cookies: {}, fragments: 'x', has_drm: 'no'}
    expect(chosen({...odd, requested_formats: 'x', formats: {}})).toEqual({kind: 'stream', url: 'https://x/w', headers: {Referer: 'https://x/'}, formatId: '22'})
  })

  it('leaves the formats that are formats', () => {
    expect(chosen({requested_formats: [null, 7, whole]})).toMatchObject({kind: 'stream', formatId: '22'})
    expect(() => chosen({url: {}, requested_formats: [[]]})).toThrow(expect.objectContaining({name: 'MediaUnavailableError'}))
  })

  it('sets no header that would end the request, or is none', () => {
    const http_headers = {Referer: 'https://x/\r\nHost: evil', 'x y': 'z', 'x-a': 7, 'x-b': 'ü', 'x-c': '€'}
    expect(chosen({http_headers})).toMatchObject({headers: {'x-b': 'ü'}})
  })

  it.each([1e20, -1, '5', null])('makes no date of %j', (timestamp) => {
    expect(parseDescription(JSON.stringify({timestamp, release_timestamp: timestamp}))).toEqual({liveStatus: 'not_live', info: expect.anything()})
  })

  it.each([{version: 7}, 'new', null])('takes %j for no version', (_version) => {
    expect(parseDescription(JSON.stringify({_version}))).not.toHaveProperty('version')
  })

  it('has no half characters', () => {
    expect(parseDescription('{"title": "a\\ud800b"}')).toMatchObject({title: 'a\ufffdb'})
  })
})

describe('parseDescription', () => {
  it('reads what the site says', () => {
    const said = {
      title: ' One ', description: '', uploader: null, channel: 'Ann', uploader_id: '@ann', timestamp: 1_700_000_000, release_timestamp: null, live_status: 'was_live', _version: {version: '2026.10.26'}, ...whole
    }
    const {info: kept, ...description} = parseDescription(JSON.stringify(said))
    expect(description).toEqual({title: 'One', authorName: 'Ann', authorUser: '@ann', publishedAt: 1_700_000_000, version: '2026.10.26', liveStatus: 'not_live'})
    expect(kept).toEqual(said)
  })

  it.each(['is_upcoming', 'is_live', 'post_live'])('knows %s', (live_status) => {
    expect(parseDescription(JSON.stringify({live_status, release_timestamp: 5}))).toMatchObject({liveStatus: live_status, releasedAt: 5})
  })

  it('takes the one medium of a page', () => {
    expect(parseDescription(JSON.stringify({_type: 'playlist', title: 'Page', entries: [null, {title: 'One'}]}))).toMatchObject({title: 'One'})
  })

  it.each([['several', [{title: 'One'}, {title: 'Two'}]], ['none', []]])('refuses a page with %s', (_what, entries) => {
    expect(() => parseDescription(JSON.stringify({_type: 'playlist', entries}))).toThrow(expect.objectContaining({name: 'UnsupportedSourceError'}))
  })

  it.each(['null', '[]', '7', '', 'WARNING: what?', '{"_type": "playlist", "entries": {"length": 1}}'])('refuses %j, which is no medium', (json) => {
    expect(() => parseDescription(json)).toThrow(expect.objectContaining({name: 'UnsupportedSourceError'}))
  })
})
