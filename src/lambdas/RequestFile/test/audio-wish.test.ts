import {describe, expect, it} from '@jest/globals'
import {audioFor, parseAudio} from '../src/audio-wish'
import {fileIdOf} from '../src/file-identity'

describe('The sound that a request names', () => {
  it.each([
    [undefined, undefined], [null, undefined], [{}, undefined], [{role: 'main'}, undefined], [{language: null, role: null}, undefined],
    [{language: 'fi'}, {language: 'fi'}], [{language: 'fin'}, {language: 'fi'}], [{language: 'PT-br'}, {language: 'pt-BR'}],
    [{role: 'description'}, {role: 'description'}], [{language: 'EN', role: 'commentary'}, {language: 'en', role: 'commentary'}], [{language: 'sv', role: 'main'}, {language: 'sv'}]
  ])('of %j is %j', (value, audio) => {
    expect(parseAudio(value)).toEqual(audio)
  })

  it.each([
    ['fi', /`audio` must be an object/], [['fi'], /`audio` must be an object/], [{lang: 'fi'}, /language, role or both, but not "lang"/], [{language: 'not a tag'}, /`audio.language` .*not "not a tag"/],
    [{language: ''}, /`audio.language`/], [{language: 7}, /`audio.language`/], [{language: `en-${'a'.repeat(40)}`}, /`audio.language`/], [{role: 'loud'}, /`audio.role` must be one of main, .*description.*not "loud"/],
    [{role: ['dub']}, /`audio.role`/]
  ])('is not %j', (value, message) => {
    expect(() => parseAudio(value)).toThrow(expect.objectContaining({name: 'InvalidRequestError', message: expect.stringMatching(message)}))
  })

  it('makes a file of its own, which no other wish makes', () => {
    const url = new URL('https://www.youtube.com/watch?v=dQw4w9WgXcQ')
    const ids = [
      fileIdOf(url), fileIdOf(url, 'audio'), fileIdOf(url, 'best', {language: 'fi'}), fileIdOf(url, 'audio', {language: 'fi'}), fileIdOf(url, 'best', {role: 'dub'}), fileIdOf(url, 'best', {language: 'dub'})
    ]
    expect(ids).toEqual([
      'youtube-dQw4w9WgXcQ', 'audio_youtube-dQw4w9WgXcQ', 'best_fi__youtube-dQw4w9WgXcQ', 'audio_fi__youtube-dQw4w9WgXcQ', 'best__dub_youtube-dQw4w9WgXcQ', 'best_dub__youtube-dQw4w9WgXcQ'
    ])
  })

  it('has no effect on a URL that names a media file', () => {
    expect([audioFor(new URL('https://x.example/a.mp4'), {language: 'fi'}), audioFor(new URL('https://x.example/a.m3u8'), {language: 'fi'})]).toEqual([undefined, {language: 'fi'}])
  })
})
