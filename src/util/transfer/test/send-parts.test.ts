import {crc32} from 'node:zlib'
import {describe, expect, it} from '@jest/globals'
import {syntheticBytes, syntheticFile} from '../../../../test/helpers/media/synthetic'
import {maxParts, partBytesFor, sendParts, type SendOptions} from '../send-parts'

const mebibyte = 1024 ** 2

async function* chunks(size: number, most: number): AsyncGenerator<Buffer> {
  // As a reader with one buffer gives them: a chunk is another once the next is asked for.
  const buffer = Buffer.alloc(most)
  for (const chunk of syntheticBytes('mp4', 0, size, most)) {
    buffer.fill(0)
    yield buffer.subarray(0, chunk.copy(buffer))
  }
}

const sink = () => {
  const parts = new Map<number, Buffer>()
  let [underWay, most] = [0, 0]
  const send: SendOptions['send'] = async (partNumber, bytes) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setTimeout(resolve, 5 * (partNumber % 3)))
    parts.set(partNumber, Buffer.from(bytes))
    underWay--
    return `"${partNumber}"`
  }
  return {parts, send, most: () => most}
}

describe('The size of parts', () => {
  it('holds a file in one part, in parts of 8 MiB, or in as many as S3 allows', () => {
    expect([1, 8 * mebibyte, 8 * mebibyte + 1, 80_000 * mebibyte, 1024 ** 4].map(partBytesFor))
      .toEqual([1, 8 * mebibyte, 8 * mebibyte, 8 * mebibyte, Math.ceil(1024 ** 4 / maxParts)])
    expect(partBytesFor(undefined)).toBe(8 * mebibyte)
  })
})

describe('A stream', () => {
  it.each([[1_000_000, 65_536, 300_000], [1_000_000, 1024, 262_144], [999_999, 65_536, 999_999], [10, 3, 100]])(
    'of %d bytes in chunks of %d becomes parts of %d', async (size, most, partBytes) => {
      const {parts, send} = sink()
      const sent = await sendParts(chunks(size, most), {partBytes, send, onBytes: () => undefined})
      const crc = Buffer.alloc(4)
      crc.writeUInt32BE(crc32(syntheticFile('mp4', size)))
      const count = Math.ceil(size / partBytes)
      expect(sent).toEqual({size, crc32: crc.toString('base64'), parts: Array.from({length: count}, (_, index) => ({partNumber: index + 1, etag: `"${index + 1}"`}))})
      expect(Buffer.concat([...parts].sort(([one], [other]) => one - other).map(([, bytes]) => bytes)).equals(syntheticFile('mp4', size))).toBe(true)
    })

  it('is read no faster than three parts at once are sent', async () => {
    const {send, most} = sink()
    await sendParts(chunks(2_000_000, 65_536), {partBytes: 100_000, send, onBytes: () => undefined})
    expect(most()).toBeLessThanOrEqual(3)
  })

  it('that has no bytes has no parts', async () => {
    const {send} = sink()
    expect(await sendParts(chunks(0, 10), {partBytes: 10, send, onBytes: () => undefined})).toEqual({size: 0, crc32: 'AAAAAA==', parts: []})
  })

  it('ends with the failure of a part, once no other is under way', async () => {
    let [underWay, stopped] = [0, 0]
    const send: SendOptions['send'] = async (partNumber, _bytes, signal) => {
      underWay++
      try {
        await new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped++
            setTimeout(() => reject(signal.reason as Error), 10)
          })
          setTimeout(() => partNumber === 2 ? reject(new Error('two')) : undefined, 5)
        })
      } finally {
        underWay--
      }
      return ''
    }
    await expect(sendParts(chunks(1_000_000, 65_536), {partBytes: 100_000, send, onBytes: () => undefined})).rejects.toThrow('two')
    expect([underWay, stopped > 0]).toEqual([0, true])
  })

  const enough = (bytes: number): void => {
    if (bytes > 50) {
      throw new Error('enough')
    }
  }

  it('ends with what the reader or the counter throws', async () => {
    const {send} = sink()
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.alloc(10)
      throw new Error('broken')
    }
    await expect(sendParts(broken(), {partBytes: 4, send, onBytes: () => undefined})).rejects.toThrow('broken')
    await expect(sendParts(chunks(100, 10), {partBytes: 40, send, onBytes: enough})).rejects.toThrow('enough')
  })
})
