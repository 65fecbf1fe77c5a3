import {describe, expect, it} from '@jest/globals'
import {decodeText} from '../text-content'

const utf16 = (text: string, isBig = false, mark = true): Buffer => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}
const feed = '<?xml version="1.0"?><rss><channel><title>Žluťoučký</title></channel></rss>'

describe('First bytes are text', () => {
  it.each<[string, Buffer]>([
    ['ASCII', Buffer.from('#EXTM3U\n')], ['UTF-8', Buffer.from(feed)], ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${feed}`)],
    ['UTF-16LE', utf16(feed)], ['UTF-16BE', utf16(feed, true)], ['UTF-16LE without a mark', utf16(feed, false, false)], ['UTF-16BE without a mark', utf16(feed, true, false)]
  ])('in %s', (_what, bytes) => {
    expect(decodeText(bytes)?.slice(0, 6)).toBe(bytes.toString('utf8').startsWith('#') ? '#EXTM3' : '<?xml ')
  })

  it.each([1, 2, 3])('even if %i bytes of the last character are missing', (missing) => {
    expect(decodeText(Buffer.from('[1] 🎬').subarray(0, -missing))).toBe('[1] ')
  })

  it('even if half a character of UTF-16 is missing', () => {
    expect(decodeText(utf16('{"a": 1}').subarray(0, -1))).toBe('{"a": 1')
  })

  it.each(['<rss version="2.0">', '<ASX version="3">', '<playlist>', '[playlist]\n', '[Reference]\n', '#EXTM3U\n', '#EXTINF:1,'])('in an older encoding, if they begin as a list: %s', (start) => {
    expect(decodeText(Buffer.from(`${start}K\xf6ln`, 'latin1'))).toBe(`${start}K\xf6ln`)
  })

  it('in an older encoding, if they are XML or a page', () => {
    expect(decodeText(Buffer.from('<?xml version="1.0" encoding="windows-1252"?><rss><title>K\xf6ln</title>', 'latin1'))).toContain('<rss>')
    expect(decodeText(Buffer.from('<!DOCTYPE html><title>K\xf6ln</title>', 'latin1'))).toContain('<title>')
  })
})

describe('First bytes are no text', () => {
  it.each<[string, Buffer]>([
    ...['[', '{', '<', '<?xml ', ' <a', '#EXTM3U'].map((start): [string, Buffer] => [`that begin with ${start} and have a NUL`, Buffer.from(`${start}\x03ab\0\x01rest`, 'latin1')]),
    ...['[', '{', '<'].map((start): [string, Buffer] => [`that begin with ${start} and are no UTF-8`, Buffer.from(`${start}abc \xc3\x28 \xff\xfe`, 'latin1')]),
    ['of control characters', Buffer.alloc(64, 1)], ['of half a surrogate', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
    ['that end in the middle of what cannot begin a character', Buffer.from([0x5b, 0x80])]
  ])('%s', (_what, bytes) => {
    expect(decodeText(bytes)).toBeUndefined()
  })
})
