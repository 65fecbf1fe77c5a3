import {deepEqual, match} from 'node:assert/strict'
import type {AudioWish, FileView} from '../../../src/types/domain'
import type {SourceCase, SourceSubject} from '../case'
import {heard, tones, tracks} from '../tracks'

const media = (name: string, uri: string, more: string): string => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="${name}",URI="${uri}",${more}\n`

const master = '#EXTM3U\n'
  + media('English', 'main.m3u8', 'LANGUAGE="en-GB",DEFAULT=YES,AUTOSELECT=YES')
  + media('Suomi', 'other.m3u8', 'LANGUAGE="fi",AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video"')
  + '#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,AUDIO="sound",CODECS="avc1.42c00d,mp4a.40.2"\npicture.m3u8\n'

const role = (value: string): string => `<Role schemeIdUri="urn:mpeg:dash:role:2011" value="${value}"/>`

/** The manifest of both sounds: the main one in English, the other one of a role and language. */
const dash = (value: string, language: string) => (mpd: string): string => mpd
  .replace(/<AdaptationSet id="1"[^>]*>/, (tag) => tag.replace('>', ` lang="eng">${role('main')}`))
  .replace(/<AdaptationSet id="2"[^>]*>/, (tag) => tag.replace('>', ` lang="${language}">${role(value)}`))

const film = {status: 'Downloaded', contentType: 'video/mp4', error: null}

const has = (tone: number) => async (_seen: unknown, file: FileView): Promise<void> => deepEqual(await heard(file), {tracks: ['audio', 'video'], tone})

const refused = (sentence: RegExp): Pick<SourceCase, 'file' | 'check'> => ({
  file: {status: 'Failed'},
  check: (_seen, {error}) => {
    deepEqual([error?.code, error?.retryable], ['TrackMissingError', false])
    match(error?.message ?? '', sentence)
  }
})

const ofMaster = (behaviour: string, outcome: string, audio: AudioWish, rest: Pick<SourceCase, 'file' | 'check'>): SourceCase =>
  ({behaviour, outcome, serve: () => tracks({'master.m3u8': master}), path: '/master.m3u8', audio, ...rest})

const ofDash = (behaviour: string, outcome: string, mpd: (text: string) => string, audio: AudioWish, rest: Pick<SourceCase, 'file' | 'check'>): SourceCase =>
  ({behaviour, outcome, serve: () => tracks({'tracks.mpd': mpd}), path: '/tracks.mpd', audio, ...rest})

export const wishedSoundTable: SourceSubject = {
  heading: 'Another sound than the main one',
  cases: [
    ofMaster('An HLS playlist with sounds in two languages, asked for the one that is not `DEFAULT`', 'One MP4 with that sound', {language: 'fi'},
      {file: {...film, audio: {language: 'fi'}}, check: has(tones.other)}),
    ofMaster('The same, asked for a language that it has of another region', 'One MP4 with the sound in that language', {language: 'en-US'}, {file: film, check: has(tones.main)}),
    ofMaster('The same, asked for the description for the blind', 'One MP4 with the sound that `CHARACTERISTICS` calls so', {role: 'description'}, {file: film, check: has(tones.other)}),
    ofMaster('The same, asked for a language that it does not have', 'Refused by `TrackMissingError`, which says the languages that there are', {language: 'sv'},
      refused(/no sound in the language sv; it has en-GB, fi\. Ask for one of these/)),
    ofDash('A DASH manifest with two sounds alike but for their `Role`, asked for the other one', 'One MP4 with that sound', dash('description', 'eng'), {role: 'description'},
      {file: {...film, audio: {role: 'description'}}, check: has(tones.other)}),
    ofDash('A DASH manifest with a dub whose language has three letters, asked for by two', 'One MP4 with the dub', dash('dub', 'fin'), {language: 'fi'}, {file: film, check: has(tones.other)}),
    ofDash('A DASH manifest without a commentary, asked for one', 'Refused by `TrackMissingError`, which says what there is', dash('dub', 'fi'), {role: 'commentary'},
      refused(/no sound of the kind 'commentary'; it has dub\. Ask for one of these/)),
    {
      behaviour: 'A playlist of segments whose language no one says, asked for in a language', outcome: 'Its one sound', serve: () => tracks(), path: '/film.m3u8',
      audio: {language: 'fi'}, file: film, check: has(tones.main)
    }
  ]
}
