import {createServer, type RequestListener, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from '@jest/globals'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import type {RangedOrigin} from '../src/source'

Object.assign(process.env, {ALLOW_PRIVATE_SOURCES: 'true', HOST_CONCURRENCY: '4', HOST_RATE_PER_SECOND: '8', POWERTOOLS_LOG_LEVEL: 'SILENT'})
const {givesItsEnd} = await import('../src/filling-cache')

const size = 1_000
const {signal} = new AbortController()
let server: Server
let asked: Array<string | undefined>

const originAt = async (answer: RequestListener): Promise<RangedOrigin> => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.headers.range)
    answer(request, response)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`, validator: '"1"', validators: {etag: '"1"'}, size}
}

const fileOf = ({url}: RangedOrigin, more: Partial<ClaimedFile> = {}): ClaimedFile => ({fileId: 'url-1', sourceUrl: url, extractor: 'direct', ...more}) as ClaimedFile

const lastByte: RequestListener = (_request, response) =>
  void response.writeHead(206, {etag: '"1"', 'content-length': 1, 'content-range': `bytes ${size - 1}-${size - 1}/${size}`}).end('x')

const after = (milliseconds: number): RequestListener => (...exchange) => void setTimeout(() => lastByte(...exchange), milliseconds)

afterEach(() => new Promise((resolve) => {
  server.closeAllConnections()
  server.close(resolve)
}))

describe('Ranges may begin', () => {
  it('at once where the last byte comes at once, which costs one request', async () => {
    const origin = await originAt(lastByte)
    expect(await givesItsEnd(fileOf(origin), origin, signal)).toBe(true)
    expect(asked).toEqual(['bytes=999-999'])
  })

  it('once a cache has the last byte', async () => {
    const origin = await originAt(after(400))
    const began = performance.now()
    expect(await givesItsEnd(fileOf(origin), origin, signal)).toBe(true)
    expect(performance.now() - began).toBeGreaterThan(390)
  })

  it('where the source refuses: they find out why', async () => {
    const origin = await originAt((_request, response) => void response.writeHead(403).end())
    expect(await givesItsEnd(fileOf(origin), origin, signal)).toBe(true)
  })

  it('again where they had begun, without a request', async () => {
    const origin = await originAt(lastByte)
    const ranged = {...origin, uploadId: 'u', s3Key: 'k', begunBy: 'c', partBytes: 1, rangeParts: 1}
    expect(await givesItsEnd(fileOf(origin, {ranged}), origin, signal)).toBe(true)
    expect(asked).toEqual([])
  })
})

describe('One stream has to do', () => {
  it('where the last byte does not come in time', async () => {
    const origin = await originAt(() => undefined)
    expect(await givesItsEnd(fileOf(origin), origin, signal, 200)).toBe(false)
  })
})

it('A worker whose time is over does not wait', async () => {
  const origin = await originAt(() => undefined)
  const over = new Error('over')
  await expect(givesItsEnd(fileOf(origin), origin, AbortSignal.abort(over))).rejects.toBe(over)
})
