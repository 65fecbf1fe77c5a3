import {describe, expect, it} from '@jest/globals'
import {oggClock} from '../src/ogg-clock'
import {recordedBody} from '../src/recorded-body'

const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413, 0x55)])
/** ADTS, 44.1 kHz, 300 bytes: 1024 samples. */
const aac = Buffer.concat([Buffer.from([0xff, 0xf1, 0x50, 0x80 | 300 >> 11, 300 >> 3 & 0xff, (300 & 7) << 5 | 0x1f, 0xfc]), Buffer.alloc(293, 0x11)])
const many = (frame: Buffer, count: number): Buffer => Buffer.concat(Array.from({length: count}, () => frame))

const page = (flags: number, granule: bigint, packet: Buffer): Buffer => {
  const head = Buffer.alloc(28)
  head.write('OggS')
  head.writeUInt8(flags, 5)
  head.writeBigUInt64LE(granule, 6)
  head.writeUInt8(1, 26)
  head.writeUInt8(packet.length, 27)
  return Buffer.concat([head, packet])
}
const vorbis = Buffer.concat([Buffer.from('\x01vorbis', 'latin1'), Buffer.from([0, 0, 0, 0, 2, 0x44, 0xac, 0, 0]), Buffer.alloc(14)])
/** https://xiph.org/flac/ogg_mapping.html: STREAMINFO's rate of 44,100 in its 20 bits. */
const flac = Buffer.concat([Buffer.from('\x7fFLAC\x01\x00\x00\x01fLaC', 'latin1'), Buffer.alloc(4 + 10), Buffer.from([0x0a, 0xc4, 0x42, 0xf0]), Buffer.alloc(20)])

/** The memory of each chunk is used again for the next one, as a source's is. */
async function* chunks(bytes: Buffer, size: number, tick: () => void = () => undefined): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    tick()
    yield memory.subarray(0, bytes.copy(memory, 0, at, at + size))
  }
}

const collected = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = []
  for await (const chunk of body) {
    all.push(Buffer.from(chunk))
  }
  return Buffer.concat(all)
}

describe('A recording', () => {
  it.each([
    ['MP3', mp3, 1152 / 44_100], ['AAC', aac, 1024 / 44_100]
  ].flatMap(([what, frame, seconds]) => [100, 1_000, 65_536].map((size) => [what, size, frame, seconds] as [string, number, Buffer, number])))(
    'of %s in chunks of %d ends with the frame that fills its time', async (_what, size, frame, seconds) => {
      const sound = many(frame, 2_000)
      const recorded = await collected(recordedBody(chunks(sound, size), 10, () => 0))
      expect(recorded.equals(many(frame, Math.ceil(10 / seconds)))).toBe(true)
    }
  )

  it('that begins within a frame ends with one', async () => {
    const recorded = await collected(recordedBody(chunks(many(mp3, 2_000).subarray(100), 4_096), 5, () => 0))
    expect((recorded.length + 100) % mp3.length).toBe(0)
    expect(Math.abs(recorded.length - 5 * 44_100 / 1152 * mp3.length)).toBeLessThan(2 * mp3.length)
  })

  it.each([['Vorbis', vorbis, 44_100n], ['Opus', Buffer.from('OpusHead\x01\x02'), 48_000n], ['FLAC', flac, 44_100n]])('of %s in Ogg ends with a page', async (_what, head, rate) => {
    const pages = [page(2, 0n, head), ...Array.from({length: 100}, (_, at) => page(0, rate * BigInt(5_000 + at), Buffer.alloc(200, at)))]
    const recorded = await collected(recordedBody(chunks(Buffer.concat(pages), 77), 10, () => 0))
    expect(recorded.equals(Buffer.concat(pages.slice(0, 12)))).toBe(true)
  })

  it('of Ogg continues over the songs of a broadcast, each a stream of its own', () => {
    const song = [page(2, 0n, vorbis), ...Array.from({length: 4}, (_, at) => page(0, 44_100n * BigInt(at + 1), Buffer.alloc(9)))]
    expect(oggClock()(Buffer.concat([...song, ...song]))).toEqual({seconds: 6, bytes: Buffer.concat([...song, ...song]).length})
  })

  it('of what cannot be read ends by the clock', async () => {
    let now = 0
    const sound = Buffer.alloc(100_000, 7)
    const recorded = await collected(recordedBody(chunks(sound, 1_000, () => { now += 500 }), 10, () => now))
    expect(recorded.length).toBeGreaterThan(20_900)
    expect(recorded.length).toBeLessThanOrEqual(21_000)
  })

  it('of sound that comes too slowly ends a little late with what has come', async () => {
    let now = 0
    const recorded = await collected(recordedBody(chunks(many(mp3, 2_000), mp3.length, () => { now += 1_000 }), 10, () => now))
    expect([recorded.length % mp3.length, recorded.length > 20 * mp3.length, recorded.length <= 26 * mp3.length]).toEqual([0, true, true])
  })

  it.each([[mp3], [Buffer.alloc(417, 7)]])('of a broadcast that ends before is all of it', async (frame) => {
    const sound = many(frame, 100)
    expect((await collected(recordedBody(chunks(sound, 1_000), 60, () => 0))).equals(sound)).toBe(true)
  })

  it('closes its source', async () => {
    let isClosed = false
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          yield mp3
        }
      } finally {
        isClosed = true
      }
    }
    await collected(recordedBody(endless(), 1, () => 0))
    expect(isClosed).toBe(true)
  })
})
