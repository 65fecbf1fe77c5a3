import {setTimeout as sleep} from 'node:timers/promises'
import {brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync} from 'node:zlib'
import {describe, expect, it} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {isClaimedCoded, uncoded, type Uncoded} from '../content-coding'
import {headBytes} from '../../media/media-content'

const film = syntheticFile('mp4', 500_000)
const page = Buffer.from('<!doctype html><title>x</title>'.padEnd(5_000, ' <p>more'))

const look = (bytes: Buffer, coding: string | undefined, pieces = 65_536): Promise<Uncoded> => {
  async function* body(): AsyncGenerator<Buffer, void, undefined> {
    const reused = Buffer.alloc(pieces)
    for (let at = 0; at < bytes.length; at += pieces) {
      // As the reader of connections has it: a chunk is valid until the next one is asked for.
      const length = bytes.copy(reused, 0, at, Math.min(bytes.length, at + pieces))
      yield reused.subarray(0, length)
    }
  }
  return uncoded({headers: {'content-encoding': coding}, body: body(), finalUrl: new URL('http://site.example/a.mp4')}, headBytes)
}

const read = async ({body}: Pick<Uncoded, 'body'>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

const brotli = (bytes: Buffer): Buffer => brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: 4}})
const packed = (pack: (bytes: Buffer) => Buffer) => pack
const codings = [
  ['gzip', packed(gzipSync)], ['x-gzip', packed(gzipSync)], ['GZIP', packed(gzipSync)], ['deflate', packed(deflateSync)], ['deflate', packed(deflateRawSync)],
  ['br', packed(brotli)], ['zstd', packed(zstdCompressSync)], ['gzip, br', packed((bytes) => brotli(gzipSync(bytes)))],
  ['aws-chunked, gzip', packed(gzipSync)],
  ['zstd', packed((bytes) => Buffer.concat([zstdCompressSync(bytes.subarray(0, 9999)), zstdCompressSync(bytes.subarray(9999))]))],
  ['gzip', packed((bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 9999)), gzipSync(bytes.subarray(9999))]))]
] as const

describe('What is coded', () => {
  it.each(codings)('is taken out of its coding: %s', async (coding, pack) => {
    const found = await look(pack(film), coding)
    const {isCoded, isMislabelled, head} = found
    const isBegun = head.subarray(0, 24).equals(film.subarray(0, 24))
    expect([isCoded, isMislabelled, isBegun, (await read(found)).equals(film)]).toEqual([true, false, true, true])
  })

  it.each(codings)('and small, or a page, as well, in any pieces: %s', async (coding, pack) => {
    for (const pieces of [3, 1000]) {
      expect((await read(await look(pack(page), coding, pieces))).equals(page)).toBe(true)
    }
    expect((await look(pack(page), coding)).head.toString('latin1', 0, 15)).toBe('<!doctype html>')
  })

  it.each(codings.filter(([coding]) => !coding.includes(',')))('and ends too early is called truncated: %s', async (coding, pack) => {
    const bytes = pack(film)
    const cut = await look(bytes.subarray(0, bytes.length - 100_000), coding)
    await expect(read(cut)).rejects.toMatchObject({name: 'TruncatedBodyError', message: expect.stringMatching(/^site\.example sent the file compressed/)})
  })

  it.each(codings.filter(([coding]) => /^(?:gzip|deflate|zstd)$/.test(coding)))('and damaged is refused: %s', async (coding, pack) => {
    const bytes = Buffer.from(pack(film))
    bytes.fill(0x5a, 200_000, 201_000)
    const damaged = await look(bytes, coding)
    const failure = await read(damaged).then((out) => out.equals(film) ? 'the same' : 'different', (error: Error) => error.name)
    // Bare deflate and zstd without checksum cannot tell each damage; what they cannot tell, S3ObjectCreated's checksum is of.
    expect(['UnsupportedSourceError', 'TruncatedBodyError', 'different']).toContain(failure)
    expect(coding === 'gzip' ? failure : 'UnsupportedSourceError').toBe('UnsupportedSourceError')
  })

  it.each([['gzip', packed(gzipSync)], ['br', packed(brotli)], ['zstd', packed(zstdCompressSync)], ['gzip, gzip', packed((bytes) => gzipSync(gzipSync(bytes)))]])(
    'and grows beyond all media is stopped: %s', async (coding, pack) => {
      const bomb = pack(Buffer.concat([film.subarray(0, 1000), Buffer.alloc(60_000_000)]))
      let size = 0
      const reading = (async () => {
        for await (const chunk of (await look(bomb, coding)).body) {
          size += chunk.length
        }
      })()
      await expect(reading).rejects.toMatchObject({name: 'FileTooLargeError', message: expect.stringContaining('200 times')})
      expect(size).toBeLessThan(30_000_000)
    })

  it('ends the source where its reader stops', async () => {
    let isClosed = false
    async function* body(): AsyncGenerator<Buffer, void, undefined> {
      try {
        for (let at = 0; ; at += 1000) {
          yield gzipSync(film).subarray(at, at + 1000)
        }
      } finally {
        isClosed = true
      }
    }
    const {body: decoded} = await uncoded({headers: {'content-encoding': 'gzip'}, body: body(), finalUrl: new URL('http://x.example/')}, headBytes)
    for await (const chunk of decoded) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    await sleep(50)
    expect(isClosed).toBe(true)
  })

  it('passes on what broke the source', async () => {
    const broken = new Error('reset')
    async function* body(): AsyncGenerator<Buffer, void, undefined> {
      yield gzipSync(film).subarray(0, 50_000)
      throw broken
    }
    const {body: decoded} = await uncoded({headers: {'content-encoding': 'gzip'}, body: body(), finalUrl: new URL('http://x.example/')}, headBytes)
    await expect(read({body: decoded})).rejects.toBe(broken)
  })
})

describe('What is not coded', () => {
  it.each([[undefined], [''], ['identity'], ['aws-chunked'], ['none'], ['utf-8'], ['binary'], ['UTF-8, identity'], ['8bit'], ['compress'], ['constructor'], [',']])('is left as it is: %s', async (coding) => {
    const {isCoded, isMislabelled, head, body} = await look(film, coding)
    expect([isCoded, isMislabelled, head.subarray(0, 8).equals(film.subarray(0, 8)), (await read({body})).equals(film), isClaimedCoded({'content-encoding': coding})])
      .toEqual([false, false, true, true, false])
  })

  it.each([['gzip'], ['deflate'], ['br'], ['zstd'], ['gzip, br']])('although its server says so is left as it is: %s', async (coding) => {
    for (const bytes of [film, page, Buffer.from('#EXTM3U\n#EXT-X-VERSION:3\n'), syntheticFile('mp3', 50_000), syntheticFile('webm', 50_000)]) {
      const {isCoded, isMislabelled, body} = await look(bytes, coding)
      expect([isCoded, isMislabelled, (await read({body})).equals(bytes), isClaimedCoded({'content-encoding': coding})]).toEqual([false, true, true, true])
    }
  })

  it('and empty is empty', async () => {
    const found = await look(Buffer.alloc(0), 'gzip')
    expect([found.isCoded, found.isMislabelled, (await read(found)).length]).toEqual([false, false, 0])
  })
})
