import {deepEqual, match} from 'node:assert/strict'
import type {FileView} from '../../../src/types/domain'
import type {SourceCase, SourceSubject} from '../case'
import {heard, tones, tracks} from '../tracks'

const apart = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Suomi",LANGUAGE="fi",URI="other.m3u8"\n'
  + '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="main.m3u8"\n'
const within = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",DEFAULT=YES\n'
const empty = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",DEFAULT=YES,URI="picture.m3u8"\n'
const both = 'CODECS="avc1.42c00d,mp4a.40.2"'

const variant = (address: string, ...more: string[]): string =>
  `#EXT-X-STREAM-INF:${['BANDWIDTH=300000', ...more].join(',')}\n${address}\n`
const seen = (address: string, ...more: string[]): string => variant(address, 'RESOLUTION=320x180', ...more)

const film = {status: 'Downloaded', contentType: 'video/mp4', error: null, note: null}

const row = (behaviour: string, outcome: string, text: string, file: SourceCase['file'], check: SourceCase['check']): SourceCase =>
  ({behaviour, outcome, serve: () => tracks({'master.m3u8': `#EXTM3U\n${text}`}), path: '/master.m3u8', file, check})

const has = (...found: string[]) => async (_seen: unknown, file: FileView): Promise<void> => deepEqual((await heard(file)).tracks, found)

const isWhole = (tone: number) => async (_seen: unknown, file: FileView): Promise<void> => deepEqual(await heard(file), {tracks: ['audio', 'video'], tone})

const isRefused = (sentence: RegExp) => (_seen: unknown, {error}: FileView): void => {
  deepEqual([error?.code, error?.retryable], ['TrackMissingError', false])
  match(error?.message ?? '', sentence)
}

const silent = {...film, note: 'It has no sound: its site names one and sent none. Look for another source if it should have one.'}
const blind = {...film, contentType: 'audio/mp4', note: 'It has no picture: its site names one and sent none. Look for another source if it should have one.'}
const failed = {status: 'Failed', note: null}

export const lostTracks: SourceSubject = {
  heading: 'Tracks that a playlist names and does not send',
  cases: [
    row('An HLS playlist whose sounds belong to no variant, without codecs', 'The file is looked into; fetched once more, with the sound that is `DEFAULT`',
      apart + seen('picture.m3u8'), film, isWhole(tones.main)),
    row('An HLS playlist whose variant names another group of sounds than there is', 'Fetched once more, with the sound that is `DEFAULT`',
      apart + seen('picture.m3u8', both, 'AUDIO="none"'), film, isWhole(tones.main)),
    row('An HLS playlist without codecs, of a silent variant and one of sound alone', 'Fetched once more, with both',
      seen('picture.m3u8') + variant('main.m3u8').replace('300000', '64000'), film, isWhole(tones.main)),
    row('An HLS playlist whose sound apart is silent, while the variant has one', 'Fetched once more, with the sound within',
      empty + seen('film.m3u8', both, 'AUDIO="sound"'), film, isWhole(tones.main)),
    row('An HLS playlist whose only sound apart is silent', 'Refused by `TrackMissingError`',
      empty + seen('picture.m3u8', both, 'AUDIO="sound"'), failed, isRefused(/^The sound of this media could not be had.*Look for another source/)),
    row('An HLS playlist whose variant of pictures is sound, with a sound apart', 'Refused by `TrackMissingError`',
      apart + seen('main.m3u8', both, 'AUDIO="sound"'), failed, isRefused(/^The picture of this media could not be had.*ask for its sound/)),
    row('An HLS playlist that names a codec of sound, while its segments have none', 'The film; `note` and push say that it has no sound', seen('picture.m3u8', both), silent, has('video')),
    row('The same by a group of sounds within the variant', 'The film, with the same note', within + seen('picture.m3u8', 'AUDIO="sound"'), silent, has('video')),
    row('An HLS playlist that names a codec of pictures, while its segments have none', 'The sound, as M4A; `note` and push say that it has no picture',
      seen('main.m3u8', both), blind, has('audio')),
    row('A silent film whose playlist names no sound', 'The film, without a note', seen('picture.m3u8', 'CODECS="avc1.42c00d"'), film, has('video')),
    row('An HLS playlist of variants without codecs that have sound alone', 'M4A, without a note', variant('main.m3u8'), {...film, contentType: 'audio/mp4'}, has('audio')),
    {
      behaviour: 'An HLS playlist of segments that have sound alone', outcome: 'M4A, whatever yt-dlp takes it for', serve: () => tracks(), path: '/main.m3u8',
      file: {...film, contentType: 'audio/mp4'}, check: has('audio')
    },
    {
      behaviour: 'A silent film by HLS, asked for its sound', outcome: 'Refused by `TrackMissingError`', serve: () => tracks(), path: '/picture.m3u8', preset: 'audio',
      file: failed, check: isRefused(/^The sound of this media could not be had/)
    }
  ]
}
