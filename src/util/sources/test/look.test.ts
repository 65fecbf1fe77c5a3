import {createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {id3} from '../../../../test/helpers/media/tags'
import {type LookedAt, lookAt} from '../look'

const file = syntheticFile('mp4', 100_000)
let server: Server | undefined
let ranges: Array<string | undefined>

const serve = (answer: RequestListener): Promise<URL> => new Promise((resolve) => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range)
    answer(request, response)
  }).listen(0, '127.0.0.1', () => resolve(new URL(`http://127.0.0.1:${(server?.address() as AddressInfo).port}/film.mp4`)))
})
const send = (response: ServerResponse, status: number, body: Buffer, headers: Record<string, string | number> = {}): void => {
  response.writeHead(status, {'content-type': 'video/mp4', 'content-length': body.length, ...headers}).end(body)
}
const bytesOf = async ({body}: LookedAt): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}
const media = {kind: 'media', contentType: 'video/mp4', extension: 'mp4'}

beforeEach(() => {
  ranges = []
  Object.assign(process.env, {MAX_FILE_BYTES: '5000000', ALLOW_PRIVATE_SOURCES: 'true'})
})
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

describe('lookAt', () => {
  it('asks for the first bytes, and knows the whole size', async () => {
    const url = await serve((_request, response) => send(response, 206, file.subarray(0, 4096), {'content-range': 'bytes 0-4095/100000'}))
    expect(await lookAt(url)).toMatchObject({content: media, size: 100_000, isWhole: false, title: 'film'})
    expect(ranges).toEqual(['bytes=0-4095'])
  })

  it('sends what a site wants to see', async () => {
    let referer: string | undefined
    const url = await serve((request, response) => {
      referer = request.headers.referer
      send(response, 206, file.subarray(0, 4096), {'content-range': 'bytes 0-4095/100000'})
    })
    await lookAt(url, {headers: {Referer: 'https://example.com/'}})
    expect(referer).toBe('https://example.com/')
  })

  it.each<[string, number, Buffer, Record<string, string>]>([
    ['ranges are not known', 200, file, {}],
    ['a range is answered with the whole file', 206, file, {'content-range': 'bytes 0-99999/100000'}],
    ['the file is shorter than the range', 206, file.subarray(0, 900), {'content-range': 'bytes 0-899/900'}]
  ])('brings all bytes by one request if %s', async (_what, status, body, headers) => {
    const url = await serve((_request, response) => send(response, status, body, headers))
    const looked = await lookAt(url)
    expect(looked).toMatchObject({content: media, size: body.length, isWhole: true})
    expect((await bytesOf(looked)).equals(body)).toBe(true)
    expect(ranges).toEqual(['bytes=0-4095'])
  })

  it.each([
    ['a part with another unit of its size', 206, {'content-range': 'bytes 0-4095/*'}],
    ['a part of another length', 206, {'content-range': 'bytes 0-0/100000'}],
    ['a part under the status of the whole', 200, {'content-range': 'bytes 0-4095/100000'}]
  ])('takes %s for what it is: a part', async (_what, status, headers) => {
    const url = await serve((_request, response) => send(response, status, file.subarray(0, 4096), headers))
    expect(await lookAt(url)).toMatchObject({content: media, isWhole: false})
    expect(ranges).toEqual(['bytes=0-4095'])
  })

  it.each<[string, number, Record<string, string>]>([
    ...[400, 403, 405, 406, 412, 416, 417, 500, 501, 505].map((status): [string, number, Record<string, string>] => [`refuses the range by ${status}`, status, {}]),
    ['answers other bytes', 206, {'content-range': 'bytes 4096-8191/100000'}],
    ['answers a part without saying which', 206, {}],
    ['answers several parts', 206, {'content-type': 'multipart/byteranges; boundary=x'}],
    ['answers a range that cannot be', 206, {'content-range': 'bytes 0-100000/100000'}],
    ['cuts the body to the range under the status of the whole', 200, {}]
  ])('asks once more without a range if a server %s', async (_what, status, headers) => {
    const url = await serve(({headers: {range}}, response) =>
      range === undefined ? send(response, 200, file) : send(response, status, file.subarray(0, 4096), headers))
    const looked = await lookAt(url)
    expect(looked).toMatchObject({content: media, size: 100_000, isWhole: true})
    expect((await bytesOf(looked)).equals(file)).toBe(true)
    expect(ranges).toEqual(['bytes=0-4095', undefined])
  })

  it.each([
    [404, 'SourceNotFoundError', 1], [401, 'SourceForbiddenError', 1], [429, 'RateLimitedError', 1], [503, 'TransientSourceError', 1], [451, 'GeoBlockedError', 1],
    [416, 'EmptyBodyError', 2], [403, 'SourceForbiddenError', 2], [500, 'TransientSourceError', 2]
  ])('of a URL that answers %i with and without a range throws %s after %i request(s)', async (status, name, requests) => {
    const url = await serve((_request, response) => send(response, status, Buffer.from('no')))
    await expect(lookAt(url)).rejects.toMatchObject({name})
    expect(ranges).toHaveLength(requests)
  })

  it.each([403, 429, 500, 503])('asks nothing before the time that a %i names', async (status) => {
    const url = await serve((_request, response) => send(response, status, Buffer.alloc(4096), {'retry-after': '120.5'}))
    await expect(lookAt(url)).rejects.toMatchObject({name: 'RateLimitedError', availableAt: expect.any(String)})
    expect(ranges).toEqual(['bytes=0-4095'])
  })

  it('of a file that is too large throws FileTooLargeError', async () => {
    const url = await serve((_request, response) => send(response, 206, file.subarray(0, 4096), {'content-range': 'bytes 0-4095/5000001'}))
    await expect(lookAt(url)).rejects.toMatchObject({name: 'FileTooLargeError'})
  })

  describe('at sound with a tag in front', () => {
    const tagged = Buffer.concat([id3(6_000), Buffer.from('fLaC\0\0\0\x22'), Buffer.alloc(50_000, 7)])
    const honest = ({headers: {range}}: IncomingMessage, response: ServerResponse, body = tagged): void => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
      const part = body.subarray(Number(first), Number(last) + 1)
      send(response, 206, part, {'content-range': `bytes ${first}-${Number(first) + part.length - 1}/${body.length}`, 'content-type': 'audio/mpeg'})
    }

    it('asks for the bytes behind the tag, however long it is', async () => {
      const body = Buffer.concat([id3(3_000_000), id3(9_000), tagged.subarray(6_010)])
      const url = await serve((request, response) => honest(request, response, body))
      expect(await lookAt(url)).toMatchObject({content: {extension: 'flac', contentType: 'audio/flac'}, isWhole: false})
      expect(ranges).toEqual(['bytes=0-4095', 'bytes=3000010-3004105', 'bytes=3009020-3013115'])
    })

    it('reads on if the answer brings all', async () => {
      const url = await serve((_request, response) => send(response, 200, tagged, {'content-type': 'audio/mpeg'}))
      const looked = await lookAt(url)
      expect(looked).toMatchObject({content: {extension: 'flac'}, isWhole: true})
      expect((await bytesOf(looked)).equals(tagged)).toBe(true)
      expect(ranges).toHaveLength(1)
    })

    it('goes by the name if the server does not show these bytes', async () => {
      const url = await serve((request, response) => request.headers.range === 'bytes=0-4095' ? honest(request, response) : send(response, 500, Buffer.from('no')))
      expect(await lookAt(url)).toMatchObject({content: {extension: 'mp3'}, isWhole: false})
      expect(ranges).toEqual(['bytes=0-4095', 'bytes=6010-10105'])
    })
  })
})
