import {describe, expect, it} from '@jest/globals'
import {ape, id3} from '../../../../test/helpers/media/tags'
import {leadingTagBytes} from '../leading-tags'

const sound = Buffer.from('fLaC\0\0\0\x22')

describe('Tags in front of sound', () => {
  it.each<[string, Buffer[], number]>([
    ['none', [], 0], ['ID3v2', [id3(300)], 310], ['ID3v2.2', [id3(300, {version: 2})], 310], ['ID3v2 with a footer', [id3(300, {footer: true})], 320],
    ['two of ID3v2', [id3(20), id3(5_000)], 5_040], ['APEv2', [ape(100)], 132], ['ID3v2 and APEv2', [id3(10), ape(100)], 152], ['an empty one', [id3(0)], 10]
  ])('are left out by the length that they declare: %s', (_what, tags, length) => {
    expect(leadingTagBytes(Buffer.concat([...tags, sound]))).toBe(length)
  })

  it('may end beyond the bytes that are given', () => {
    expect(leadingTagBytes(id3(1_000_000).subarray(0, 4096))).toBe(1_000_010)
  })

  it.each([['a size that is none', 'ID3\x04\0\0\0\0\xff\x00'], ['a version that does not exist', 'ID3\xff\0\0\0\0\0\x10'], ['too few bytes', 'ID3\x04'], ['too few of APE', 'APETAGEX\xd0\x07']])(
    'are not followed if they have %s', (_what, text) => {
      expect(leadingTagBytes(Buffer.from(text, 'latin1'))).toBe(0)
    })

  it('are followed for a while only', () => {
    expect(leadingTagBytes(Buffer.concat(Array.from({length: 100}, () => id3(0))))).toBe(80)
  })
})
