import {createHash} from 'node:crypto'
import {crc32} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {slices} from '../bytes'
import {type Server, startServer} from '../processes'
import {randomOf, sha256Of} from '../resume'
import type {SinkReport} from '../sink'
import type {SourceReport} from '../source'

let [source, sink]: Server[] = []
beforeAll(async () => { [source, sink] = await Promise.all([startServer('source'), startServer('sink')]) })
afterAll(() => [source, sink].forEach((server) => server?.stop()))

const file = (size: number): Buffer => Buffer.concat([...slices(0, size)])
const get = async (path: string, headers: Record<string, string> = {}): Promise<readonly [number, Buffer]> => {
  const answer = await fetch(`${source?.origin}${path}`, {headers})
  return [answer.status, Buffer.from(await answer.arrayBuffer())]
}

describe('The source', () => {
  it.each([['/3000000.mp4', {}, 200, 0, 3_000_000], ['/3000000.mp4?chunk=1024', {}, 200, 0, 3_000_000], ['/3000000.mp4', {range: 'bytes=1048570-1048579'}, 206, 1_048_570, 1_048_580]])(
    'sends just its bytes: %s %j', async (path, headers, status, start, end) => {
      const [answered, bytes] = await get(path, headers)
      expect([answered, bytes.equals(file(end).subarray(start))]).toEqual([status, true])
    })

  it('breaks a range once, where its seed says', async () => {
    const headers = {range: 'bytes=1000000-2999999'}
    await expect(get('/3000000.mp4?reset=7', headers)).rejects.toThrow()
    expect((await get('/3000000.mp4?reset=7', headers))[1].equals(file(3_000_000).subarray(1_000_000))).toBe(true)
    expect((await source?.ask<SourceReport>({}))?.resets).toBe(1)
  })
})

describe('The sink', () => {
  const put = (id: string, number: number, body: string, checksum = crc32(body)): Promise<Response> => fetch(`${sink?.origin}/b/k?partNumber=${number}&uploadId=${id}`, {
    method: 'PUT', body, headers: {'x-amz-checksum-crc32': Buffer.from(checksum.toString(16).padStart(8, '0'), 'hex').toString('base64')}
  })

  it('takes parts whose checksum is right, no others, and says what it has', async () => {
    const id = /<UploadId>([^<]+)/.exec(await (await fetch(`${sink?.origin}/b/k?uploads`, {method: 'POST'})).text())![1]!
    expect([(await put(id, 2, 'second')).status, (await put(id, 1, 'first')).status, (await put(id, 3, 'third', 1)).status, (await put('none', 1, 'x')).status]).toEqual([200, 200, 400, 404])
    expect((await sink?.ask<SinkReport>({}))?.open).toBe(1)
    await fetch(`${sink?.origin}/b/k?uploadId=${id}`, {method: 'POST'})
    expect(await sink?.ask<SinkReport>({clear: true})).toMatchObject({open: 0, parts: [{number: 1, size: 5, crc: crc32('first')}, {number: 2, size: 6, crc: crc32('second')}]})
  })
})

it('A seed decides its numbers, from 0 up to 1', () => {
  const [one, same, other] = [7, 7, 8].map((seed) => Array.from({length: 100}, randomOf(seed)))
  expect([one, one?.every((number) => number >= 0 && number < 1), new Set(one).size]).toEqual([same, true, 100])
  expect(one).not.toEqual(other)
})

it('The SHA-256 is that of the bytes', () => {
  expect(sha256Of(3_000_000)).toBe(createHash('sha256').update(file(3_000_000)).digest('hex'))
})
