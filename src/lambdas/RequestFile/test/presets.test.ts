import {describe, expect, it} from '@jest/globals'
import {parsePreset, presetFor} from '../src/presets'

describe('parsePreset', () => {
  it.each([[undefined, 'best'], [null, 'best'], ['best', 'best'], ['1080p', '1080p'], ['720p', '720p'], ['audio', 'audio'], ['audio-mp3', 'audio-mp3']])(
    'reads %s as %s', (value, preset) => {
      expect(parsePreset(value)).toBe(preset)
    })

  it.each(['4k', 'AUDIO', '', 720, {}, ['audio'], true])('refuses %p and says what there is', (value) => {
    expect(() => parsePreset(value)).toThrow(expect.objectContaining({
      name: 'InvalidRequestError', message: expect.stringMatching(/one of best, 1080p, 720p, audio, audio-mp3, not/)
    }))
  })

  it('repeats no more than the beginning of a long one', () => {
    expect(() => parsePreset('x'.repeat(100))).toThrow(/not "x{59}\.$/)
  })
})

describe('presetFor', () => {
  it.each(['https://media.example.com/clips/harbour.mp4', 'https://example.com/a/Song.MP3?x=1'])('has no effect on a media file: %s', (url) => {
    expect(presetFor(new URL(url), 'audio')).toBe('best')
  })

  it.each(['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://example.com/watch/1', 'https://example.com/master.m3u8', 'https://clips.twitch.tv/song'])('has one on a page or a playlist: %s', (url) => {
    expect(presetFor(new URL(url), 'audio')).toBe('audio')
  })
})
