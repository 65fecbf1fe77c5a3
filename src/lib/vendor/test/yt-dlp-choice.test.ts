import {describe, expect, it} from '@jest/globals'
import {asDownload, chooseMedia} from '../yt-dlp/choice'
import {type Info, parseDescription} from '../yt-dlp/description'

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

  it.each([['HLS', {protocol: 'm3u8_native'}], ['DASH', {protocol: 'http_dash_segments'}], ['fragments', {fragments: [{}]}], ['cookies', {cookies: 'a=b; Domain=x'}]])(
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

  it('keeps the format where yt-dlp must fetch it after all', () => {
    expect(asDownload(chooseMedia(info(whole)))).toEqual({kind: 'download', formatId: '22', size: 900})
  })
})

describe('parseDescription', () => {
  it('reads what the site says', () => {
    const said = {
      title: ' One ', description: '', uploader: null, channel: 'Ann', uploader_id: '@ann', timestamp: 1_700_000_000, release_timestamp: null, live_status: 'was_live', ...whole
    }
    const {info: kept, ...description} = parseDescription(JSON.stringify(said))
    expect(description).toEqual({title: 'One', authorName: 'Ann', authorUser: '@ann', publishedAt: 1_700_000_000, liveStatus: 'not_live'})
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

  it('refuses nothing at all', () => {
    expect(() => parseDescription('null')).toThrow(expect.objectContaining({name: 'UnsupportedSourceError'}))
  })
})
