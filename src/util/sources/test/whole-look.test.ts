import {createServer, type RequestListener, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {lookAt} from '../look'
import {readWholeBody} from '../whole-look'

const size = 20_000
const file = syntheticFile('mp4', size)
const other = Buffer.concat([file.subarray(0, 6000), Buffer.alloc(size - 6000, 7)])
const date = 'Sun, 01 Nov 2015 10:00:00 GMT'
let server: Server | undefined
let asked: Array<{readonly range?: string | undefined, readonly condition?: string | string[] | undefined}>

const collected = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}
const send = (response: ServerResponse, status: number, body: Buffer, headers: Record<string, string> = {}): void => {
  response.writeHead(status, {'content-type': 'video/mp4', 'content-length': body.length, ...headers}).end(body)
}
const part = (response: ServerResponse, start: number, end: number, headers: Record<string, string>, bytes = file, of = bytes.length): void =>
  send(response, 206, bytes.subarray(start, end), {'content-range': `bytes ${start}-${end - 1}/${of}`, ...headers})

/** The beginning of the file to the first request, and whatever comes second; returns the bytes that are to be had, if any. */
const bytesFrom = async (headers: Record<string, string>, second: RequestListener, whole = file): Promise<Buffer | undefined> => {
  const url = await new Promise<URL>((resolve) => {
    server = createServer((request, response) => {
      asked.push({range: request.headers.range, condition: request.headers['if-range']})
      if (asked.length === 1) {
        part(response, 0, 4096, headers, whole)
      } else {
        second(request, response)
      }
    }).listen(0, '127.0.0.1', () => resolve(new URL(`http://127.0.0.1:${(server?.address() as AddressInfo).port}/film.mp4`)))
  })
  const body = await readWholeBody(await lookAt(url))
  return body && collected(body)
}

beforeEach(() => {
  asked = []
  Object.assign(process.env, {MAX_FILE_BYTES: '5000000', ALLOW_PRIVATE_SOURCES: 'true'})
})
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

describe('the rest of a small file', () => {
  it.each<[string, Record<string, string>, string]>([
    ['its strong ETag', {etag: '"1"'}, '"1"'],
    ['its date, as its ETag is weak', {etag: 'W/"1"', 'last-modified': date}, date]
  ])('is asked for under %s, and joined to what the look brought', async (_what, headers, condition) => {
    expect((await bytesFrom(headers, (_request, response) => part(response, 4096, size, headers)))?.equals(file)).toBe(true)
    expect(asked).toEqual([{range: 'bytes=0-4095', condition: undefined}, {range: `bytes=4096-${size - 1}`, condition}])
  })

  it('is of no use if the server sends all of it: that is the file', async () => {
    const bytes = await bytesFrom({etag: '"1"'}, (_request, response) => send(response, 200, other, {etag: '"2"'}))
    expect(bytes?.equals(other)).toBe(true)
  })

  it.each<[string, Record<string, string>]>([['no validator', {}], ['a weak one', {etag: 'W/"1"'}], ['a coding', {etag: '"1"', 'content-encoding': 'gzip'}]])(
    'is not asked for under %s', async (_what, headers) => {
      expect(await bytesFrom(headers, () => { throw new Error('not to be asked') })).toBeUndefined()
      expect(asked).toHaveLength(1)
    }
  )

  it('is not asked for if the file is larger than 128 KiB', async () => {
    expect(await bytesFrom({etag: '"1"'}, () => { throw new Error('not to be asked') }, syntheticFile('mp4', 128 * 1024 + 1))).toBeUndefined()
  })

  it.each<[string, RequestListener]>([
    ['is of another version', (_request, response) => part(response, 4096, size, {etag: '"2"'}, other)],
    ['is of another size', (_request, response) => part(response, 4096, size, {etag: '"1"'}, file, size + 1)],
    ['begins elsewhere', (_request, response) => part(response, 4095, size, {etag: '"1"'})],
    ['ends early', (_request, response) => part(response, 4096, size - 1, {etag: '"1"'}, file, size)],
    ['is coded', (_request, response) => part(response, 4096, size, {etag: '"1"', 'content-encoding': 'gzip'})],
    ['is refused', (_request, response) => send(response, 403, Buffer.from('no'))],
    ['is all of something else', (_request, response) => send(response, 200, Buffer.from('<!doctype html>'), {'content-type': 'text/html'})],
    ['does not come', (_request, response) => { response.socket?.destroy() }]
  ])('is left to another request for all if it %s', async (_what, second) => {
    expect(await bytesFrom({etag: '"1"'}, second)).toBeUndefined()
    expect(asked).toHaveLength(2)
  })
})

describe('an answer that brings all', () => {
  it('is read as it is', async () => {
    server = createServer((_request, response) => send(response, 200, file)).listen(0, '127.0.0.1')
    await new Promise((resolve) => { server?.once('listening', resolve) })
    const body = await readWholeBody(await lookAt(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`)))
    expect((await collected(body!)).equals(file)).toBe(true)
  })
})
