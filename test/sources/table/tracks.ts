import {deepEqual} from 'node:assert/strict'
import type {FileView} from '../../../src/types/domain'
import type {SourceCase, SourceSubject} from '../case'
import {heard, tones, tracks} from '../tracks'

const media = (name: string, uri: string, more: string): string =>
  `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="${name}",${more}${uri === '' ? '' : `,URI="${uri}"`}\n`

const master = (sounds: string, codecs = ',CODECS="avc1.42c00d,mp4a.40.2"'): string =>
  `#EXTM3U\n${sounds}#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,AUDIO="sound"${codecs}\npicture.m3u8\n`

const english = media('English', 'main.m3u8', 'LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES')
const suomi = media('Suomi', 'other.m3u8', 'LANGUAGE="fi",DEFAULT=NO,AUTOSELECT=YES')
const descriptor = (name: string, value: string, scheme = 'urn:mpeg:dash:role:2011'): string => `<${name} schemeIdUri="${scheme}" value="${value}"/>`

/** The manifest of both sounds, with something in the set of each. */
const dash = (first: string, second: string) => (mpd: string): string => [first, second].reduce((text, inside, index) =>
  text.replace(new RegExp(`<AdaptationSet id="${index + 1}"[^>]*>`), (tag) => tag + inside), mpd)

const isWhole = (tone: number) => async (_seen: unknown, file: FileView): Promise<void> =>
  deepEqual(await heard(file), {tracks: ['audio', 'video'], tone})

const film = {status: 'Downloaded', contentType: 'video/mp4', error: null}

const ofMaster = (behaviour: string, outcome: string, text: string, tone = tones.main): SourceCase => ({
  behaviour, outcome, serve: () => tracks({'master.m3u8': text}), path: '/master.m3u8', file: film, check: isWhole(tone)
})

const ofDash = (behaviour: string, outcome: string, first: string, second: string, tone = tones.main): SourceCase => ({
  behaviour, outcome, serve: () => tracks({'tracks.mpd': dash(first, second)}), path: '/tracks.mpd', file: film, check: isWhole(tone)
})

export const trackTable: SourceSubject = {
  heading: 'Sounds and pictures apart',
  cases: [
    ofMaster('An HLS playlist with sounds in two languages', 'One MP4 with the sound that is `DEFAULT`', master(english + suomi)),
    ofMaster('An HLS playlist that names no codecs, with the sounds apart', 'One MP4 with its sound', master(english + suomi, '')),
    ofMaster('An HLS playlist with a description for the blind (`CHARACTERISTICS`)', 'The sound that is none',
      master(media('Z', 'other.m3u8', 'AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video"') + media('A', 'main.m3u8', 'AUTOSELECT=YES'))),
    {
      behaviour: 'An HLS playlist with sounds in two languages, asked for its sound alone', outcome: 'The sound that is `DEFAULT`, as M4A',
      serve: () => tracks({'master.m3u8': master(english + suomi)}), path: '/master.m3u8', preset: 'audio',
      file: {status: 'Downloaded', contentType: 'audio/mp4', error: null},
      check: async (_seen, file) => deepEqual(await heard(file), {tracks: ['audio'], tone: tones.main})
    },
    ofDash('A DASH manifest with two sounds alike but for their `Role` (main, description)', 'One MP4 with the main sound',
      descriptor('Role', 'main'), descriptor('Role', 'description')),
    ofDash('A DASH manifest with the description named first', 'One MP4 with the main sound',
      descriptor('Role', 'description'), descriptor('Role', 'main'), tones.other),
    ofDash('A DASH manifest that says by `Accessibility` whom a sound is for', 'One MP4 with the sound that is for everybody',
      '', descriptor('Accessibility', '1', 'urn:tva:metadata:cs:AudioPurposeCS:2007'))
  ]
}
