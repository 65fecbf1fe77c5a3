import {crc32} from 'node:zlib'
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {base64Crc} from '../crc'
import {combineCrcs} from '../crc-combine'

const pieceOf = (bytes: Uint8Array) => ({bytes: bytes.length, crc32: base64Crc(crc32(bytes))})

test('the CRC32 of a whole follows from those of its pieces', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({maxLength: 3_000}), {maxLength: 8}), (pieces) => {
    expect(combineCrcs(pieces.map(pieceOf))).toBe(base64Crc(crc32(Buffer.concat(pieces))))
  }), {numRuns: 300})
})

test('that of gibibytes is the same however they are cut', () => {
  const doubled = (times: number): {bytes: number, crc32: string} => {
    const half = times === 0 ? pieceOf(Buffer.alloc(2 ** 20, 7)) : doubled(times - 1)
    return times === 0 ? half : {bytes: 2 * half.bytes, crc32: combineCrcs([half, half])}
  }
  const [four, eight, sixteen] = [doubled(12), doubled(13), doubled(14)]
  expect(combineCrcs([four, eight, four])).toBe(sixteen.crc32)
})
