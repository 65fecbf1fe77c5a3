import {crc32} from 'node:zlib'
import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {base64Crc, combineCrcs} from '../crc'

describe('A CRC32', () => {
  it('of two byte strings follows from those of each', () => {
    fc.assert(fc.property(fc.uint8Array({maxLength: 2000}), fc.uint8Array({maxLength: 2000}), (first, second) => {
      expect(combineCrcs(crc32(first), crc32(second), second.length)).toBe(crc32(Buffer.concat([first, second])))
    }), {numRuns: 500})
  })

  it('may be of more bytes than 32 bits count', () => {
    // Zeros: six times 1 GiB are 6 GiB, however they are added up.
    const gibibyte = [...Array(1024).keys()].reduce((crc) => combineCrcs(crc, crc32(Buffer.alloc(1024 ** 2)), 1024 ** 2), 0)
    const oneByOne = [...Array(6).keys()].reduce((crc) => combineCrcs(crc, gibibyte, 1024 ** 3), crc32('media'))
    const two = combineCrcs(gibibyte, gibibyte, 1024 ** 3)
    const six = combineCrcs(combineCrcs(two, two, 2 * 1024 ** 3), two, 2 * 1024 ** 3)
    expect(combineCrcs(crc32('media'), six, 6 * 1024 ** 3)).toBe(oneByOne)
  })

  it('is written as S3 does', () => {
    expect([base64Crc(crc32('123456789')), base64Crc(0)]).toEqual(['y/Q5Jg==', 'AAAAAA=='])
  })
})
