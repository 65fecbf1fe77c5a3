import assert from 'node:assert/strict'
import type {FileView} from '../../../src/types/domain'
import type {Seen, SourceSubject} from '../case'
import {heard, tracks} from '../tracks'

const endless = (text: string): string => text.replace('#EXT-X-ENDLIST\n', '')
const recorded = (text: string): string => endless(text).replace('#EXT-X-TARGETDURATION', '#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-TARGETDURATION')
const growing = (text: string): string => endless(text).replace('#EXT-X-TARGETDURATION', '#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-TARGETDURATION')
const variants = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,CODECS="avc1.42c00d"\npicture.m3u8\n'

/** The first segments of a playlist. */
const begun = (text: string, count: number): string => text.split('#EXTINF').slice(0, count + 1).join('#EXTINF')

/** A broadcast of four segments, one more with each request for its playlist, that then goes silent. */
const broadcast = (): ((text: string) => string) => {
  let looks = 0
  return (text) => {
    looks += 1
    return begun(growing(text), Math.min(4, looks + 1))
  }
}

const segments = ({requests}: Seen): string[] => [...new Set(requests.map(({path}) => path).filter((path) => /\.ts$/.test(path)))].sort()

const isWhole = async (seen: Seen, file: FileView): Promise<void> => {
  assert.deepEqual(segments(seen), ['/picture0.ts', '/picture1.ts', '/picture2.ts', '/picture3.ts'])
  assert.deepEqual((await heard(file)).tracks, ['video'])
}

const film = {status: 'Downloaded', contentType: 'video/mp4', error: null, waiting: null}
const uncertain = 'The file, once the playlist has not changed for thrice its target duration; until then `waiting` says so'

export const playlists: SourceSubject = {
  heading: 'Playlists without an end',
  cases: [
    {
      behaviour: 'An HLS playlist of a recording without `EXT-X-ENDLIST`', outcome: uncertain,
      serve: () => tracks({'picture.m3u8': endless}), path: '/picture.m3u8', file: film, check: isWhole
    },
    {
      behaviour: 'The same behind a playlist of variants', outcome: uncertain,
      serve: () => tracks({'picture.m3u8': endless, 'master.m3u8': variants}), path: '/master.m3u8', file: film, check: isWhole
    },
    {
      behaviour: 'An HLS playlist without `EXT-X-ENDLIST` whose `EXT-X-PLAYLIST-TYPE` is `VOD`', outcome: 'The file, at once',
      serve: () => tracks({'picture.m3u8': recorded}), path: '/picture.m3u8', file: film, check: isWhole
    },
    {
      behaviour: 'A broadcast by HLS that grows, and stops without `EXT-X-ENDLIST`', outcome: 'The whole of it, once a later look finds it unchanged',
      serve: () => tracks({'picture.m3u8': broadcast()}), path: '/picture.m3u8', file: film, check: isWhole, milliseconds: 300_000
    },
    {
      behaviour: 'An HLS playlist of a recording without `EXT-X-ENDLIST`, watched as it waits', outcome: '`waiting` says that it looks like a broadcast, and when that will be known',
      serve: () => tracks({'picture.m3u8': endless}), path: '/picture.m3u8', file: film, isRealTime: true,
      waits: ({code, reason, until}) => {
        assert.equal(code, 'NotYetAvailableError')
        assert.match(reason, /looks like a live broadcast/)
        assert.ok(Date.parse(until) < Date.now() + 10_000)
      }
    }
  ]
}
