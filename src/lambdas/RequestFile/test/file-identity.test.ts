import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {canonicalUrl, fileIdOf} from '../src/file-identity'

const id = (url: string): string => fileIdOf(new URL(url))
const canonical = (url: string): string => canonicalUrl(new URL(url))

describe('canonicalUrl', () => {
  test.each([
    ['HTTPS://Media.Example.com:443/a.mp4', 'https://media.example.com/a.mp4'],
    ['http://media.example.com:80/a.mp4#t=10', 'http://media.example.com/a.mp4'],
    ['https://media.example.com./a.mp4', 'https://media.example.com/a.mp4'],
    ['https://media.example.com/a.mp4?utm_source=x&b=2&a=1&FBCLID=y', 'https://media.example.com/a.mp4?a=1&b=2'],
    ['https://media.example.com/a.mp4?&&', 'https://media.example.com/a.mp4'],
    ['https://media.example.com/a.mp4?x=2&x=1&a', 'https://media.example.com/a.mp4?a&x=2&x=1']
  ])('writes %s as %s', (url, expected) => {
    expect(canonical(url)).toBe(expected)
  })

  test.each([
    ['https://e.com/Clip.mp4', 'https://e.com/clip.mp4'],
    ['https://e.com/a.mp4?V=Ab', 'https://e.com/a.mp4?V=aB'],
    ['https://e.com/a.mp4?q=%E9', 'https://e.com/a.mp4?q=%E8'],
    ['https://e.com/a//b.mp4', 'https://e.com/a/b.mp4'],
    ['https://e.com/a%2Fb.mp4', 'https://e.com/a/b.mp4'],
    ['https://e.com/a/', 'https://e.com/a'],
    ['https://e.com/a?b', 'https://e.com/a?b='],
    ['https://www.e.com/a', 'https://e.com/a']
  ])('keeps %s and %s apart', (left, right) => {
    expect(canonical(left)).not.toBe(canonical(right))
  })
})

test('a canonical URL is its own canonical URL, whatever path and query', () => {
  fc.assert(fc.property(fc.webUrl({withQueryParameters: true, withFragments: true}), (url) => {
    expect(canonical(canonical(url))).toBe(canonical(url))
  }))
})

test('a query that begins with a question mark keeps it', () => {
  expect(canonical('http://a.aa/??b=1')).toBe('http://a.aa/??b=1')
})

describe('A preset', () => {
  const presets = ['best', '1080p', '720p', 'audio', 'audio-mp3'] as const
  const url = new URL('https://youtu.be/dQw4w9WgXcQ')

  test('is part of the identity, but the default changes none', () => {
    expect(presets.map((preset) => fileIdOf(url, preset))).toEqual([
      'youtube-dQw4w9WgXcQ', '1080p_youtube-dQw4w9WgXcQ', '720p_youtube-dQw4w9WgXcQ', 'audio_youtube-dQw4w9WgXcQ', 'audio-mp3_youtube-dQw4w9WgXcQ'
    ])
    expect(fileIdOf(url)).toBe('youtube-dQw4w9WgXcQ')
  })

  test('never makes the identity of other media, whatever a site calls them', () => {
    const word = fc.constantFrom('720p', 'audio', 'mp3', 'a', '_', '-', '1080p_youtube', 'twitch')
    const slug = fc.array(word, {minLength: 1, maxLength: 6}).map((words) => words.join('')).filter((text) => text.length >= 3)
    const media = fc.tuple(slug.map((text) => new URL(`https://clips.twitch.tv/${text}`)), fc.constantFrom(...presets))
    fc.assert(fc.property(media, media, ([one, inOne], [other, inOther]) => {
      expect(fileIdOf(one, inOne) === fileIdOf(other, inOther)).toBe(one.href === other.href && inOne === inOther)
    }), {numRuns: 1000})
  })
})

describe('fileIdOf', () => {
  test.each([
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'http://youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=42s#comments',
    'https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123',
    'https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=abc',
    'https://youtu.be/dQw4w9WgXcQ?si=xyz',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
    'https://www.youtube.com/live/dQw4w9WgXcQ?feature=share',
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0',
    'https://WWW.YouTube.com/v/dQw4w9WgXcQ/'
  ])('is youtube-dQw4w9WgXcQ for %s', (url) => {
    expect(id(url)).toBe('youtube-dQw4w9WgXcQ')
  })

  test('keeps the case of a YouTube id', () => {
    expect(id('https://youtu.be/DQW4W9WGXCQ')).toBe('youtube-DQW4W9WGXCQ')
  })

  test.each([
    ['https://vimeo.com/76979871', 'vimeo-76979871'],
    ['https://vimeo.com/channels/staffpicks/76979871?share=copy', 'vimeo-76979871'],
    ['https://player.vimeo.com/video/76979871', 'vimeo-76979871'],
    ['https://vimeo.com/76979871/8272103f6e', 'vimeo-76979871-8272103f6e'],
    ['https://player.vimeo.com/video/76979871?h=8272103f6e&badge=0', 'vimeo-76979871-8272103f6e'],
    ['https://www.dailymotion.com/video/x8iqd7o_some-title', 'dailymotion-x8iqd7o'],
    ['https://dai.ly/x8iqd7o', 'dailymotion-x8iqd7o'],
    ['https://www.twitch.tv/videos/1234567890?t=1h', 'twitch-1234567890'],
    ['https://clips.twitch.tv/BraveKindClip-a_B1', 'twitch-clip-BraveKindClip-a_B1'],
    ['https://www.twitch.tv/somebody/clip/BraveKindClip-a_B1', 'twitch-clip-BraveKindClip-a_B1'],
    ['https://www.tiktok.com/@some.body/video/7106594312292453675?lang=en', 'tiktok-7106594312292453675'],
    ['https://streamable.com/e/dnd1', 'streamable-dnd1']
  ])('of %s is %s', (url, expected) => {
    expect(id(url)).toBe(expected)
  })

  test.each([
    'https://www.youtube.com/playlist?list=PL123',
    'https://www.youtube.com/embed/videoseries?list=PL123',
    'https://www.youtube.com/embed/live_stream?channel=UC123',
    'https://www.youtube.com/@somebody',
    'https://www.youtube.com.example.com/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ',
    'https://example.com/?u=https://youtu.be/dQw4w9WgXcQ',
    'https://media.example.com/clips/harbour.mp4'
  ])('of %s, which is no single medium of a known site, is a digest', (url) => {
    expect(id(url)).toMatch(/^url-[0-9a-f]{32}$/)
  })

  test('is the same for every spelling of a URL', () => {
    expect(id('https://Media.example.com:443/clip.mp4?b=2&a=1&utm_medium=mail#x')).toBe(id('https://media.example.com/clip.mp4?a=1&b=2'))
  })

  test('fits the pattern of the contracts for the longest id of a site in the longest preset', () => {
    expect(fileIdOf(new URL(`https://clips.twitch.tv/${'a'.repeat(100)}`), 'audio-mp3')).toMatch(/^[A-Za-z0-9_-]{1,128}$/)
  })
})
