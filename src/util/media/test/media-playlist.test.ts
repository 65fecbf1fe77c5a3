import {describe, expect, test} from '@jest/globals'
import {firstVariant, parseMediaPlaylist} from '../media-playlist'

const playlist = (...lines: string[]): string => ['#EXTM3U', '#EXT-X-TARGETDURATION:6', ...lines, ''].join('\n')
const segments = ['#EXTINF:6.0,', 'a.ts', '#EXTINF:4.0,', 'b.ts']
const digestOf = (...lines: string[]): string | undefined => parseMediaPlaylist(playlist(...lines))?.digest

describe('A playlist of segments', () => {
  test.each<[string, string, boolean]>([
    ['has an end', playlist(...segments, '#EXT-X-ENDLIST'), true],
    ['has an end on a line of Windows', playlist(...segments, '#EXT-X-ENDLIST').replaceAll('\n', '\r\n'), true],
    ['is a recording by its type', playlist('#EXT-X-PLAYLIST-TYPE:VOD', ...segments), true],
    ['may grow by its type', playlist('#EXT-X-PLAYLIST-TYPE:EVENT', ...segments), false],
    ['says nothing', playlist(...segments), false]
  ])('that %s is whole or not', (_what, text, isWhole) => {
    expect(parseMediaPlaylist(text)).toEqual({isWhole, targetSeconds: 6, digest: expect.any(String)})
  })

  test.each<[string, string, number]>([
    ['of 6.5 s', '#EXT-X-TARGETDURATION:6.5', 6.5], ['of none', '', 10], ['of nonsense', '#EXT-X-TARGETDURATION:soon', 10],
    ['of zero', '#EXT-X-TARGETDURATION:0', 10], ['of a week', '#EXT-X-TARGETDURATION:604800', 3600]
  ])('with a target duration %s', (_what, line, targetSeconds) => {
    expect(parseMediaPlaylist(['#EXTM3U', line, ...segments].join('\n'))).toMatchObject({targetSeconds})
  })

  test.each<[string, string[]]>([
    ['a segment more', [...segments, '#EXTINF:6.0,', 'c.ts']], ['a segment less', segments.slice(2)],
    ['other segments', ['#EXTINF:6.0,', 'b.ts', '#EXTINF:4.0,', 'c.ts']], ['another number of its first', ['#EXT-X-MEDIA-SEQUENCE:7', ...segments]],
    ['a part more of what comes next', [...segments, '#EXT-X-PART:DURATION=0.5,URI="c.1.ts"']],
    ['other bytes of the same file', ['#EXTINF:6.0,', '#EXT-X-BYTERANGE:100@0', 'a.ts', '#EXTINF:4.0,', 'b.ts']]
  ])('has changed with %s', (_what, lines) => {
    expect(digestOf(...lines)).not.toBe(digestOf(...segments))
  })

  test('has not changed with other signatures in its URLs', () => {
    expect(digestOf('#EXTINF:6.0,', 'a.ts?sig=1', '#EXTINF:4.0,', 'b.ts?sig=2')).toBe(digestOf(...segments))
  })

  test('without segments has nothing to compare', () => {
    expect(parseMediaPlaylist(playlist())).toEqual({isWhole: false, targetSeconds: 6})
  })

  test.each(['', 'a page', '<MPD/>', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n'])('is not %j', (text) => {
    expect(parseMediaPlaylist(text)).toBeUndefined()
  })
})

test.each<[string, string | undefined]>([
  ['#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n# comment\nlow/a.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\n', 'low/a.m3u8'],
  [playlist(...segments), undefined], ['a page', undefined]
])('the first variant of %j is %s', (text, variant) => {
  expect(firstVariant(text)).toBe(variant)
})
