import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from '@jest/globals'
import {apiAt, bearer, type File} from '../../../shared/api'
import {follow} from '../follow'

interface Seen {
  readonly call: string
  readonly user: string | undefined
  readonly body: string
}

const servers: Server[] = []
const seen: Seen[] = []

/** An API that gives its answers in order, the last one again and again. */
const apiThat = (...answers: ReadonlyArray<readonly [number, unknown]>): Promise<string> => new Promise((resolve) => {
  let count = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      seen.push({call: `${request.method} ${request.url}`, user: request.headers.authorization, body})
      const [status, answer] = answers[Math.min(count, answers.length - 1)]!
      count += 1
      response.writeHead(status).end(answer === undefined ? '' : JSON.stringify(answer))
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
})

afterEach(() => {
  seen.length = 0
  servers.splice(0).forEach((server) => {
    server.close()
    server.closeAllConnections()
  })
})

const url = 'https://example.com/harbour.mp4'
const file: File = {fileId: 'url-1', status: 'Requested', title: null, size: null, bytesDone: 0, speed: null, secondsLeft: null, downloadUrl: null, error: null}
const accepted = [202, {fileId: 'url-1', status: 'Requested'}] as const

describe('follow', () => {
  it('tells each change until the file is there', async () => {
    const downloading: File = {...file, status: 'Downloading', size: 2, bytesDone: 1}
    const downloaded: File = {...file, status: 'Downloaded', size: 2, bytesDone: 2, downloadUrl: 'http://x/b/k'}
    const address = await apiThat(accepted, [200, file], [200, file], [200, downloading], [200, downloaded])
    const told: File[] = []
    expect(await follow(apiAt(address, bearer('ann')), url, (_url, now) => told.push(now))).toEqual({url, file: downloaded})
    expect(told).toEqual([file, downloading, downloaded])
    expect(seen[0]).toEqual({call: 'POST /files', user: 'Bearer ann', body: JSON.stringify({url})})
    expect(seen.at(-1)).toEqual({call: 'GET /files/url-1', user: 'Bearer ann', body: ''})
  })

  it('tells each time that it waits for', async () => {
    const waits = (until: string): File => ({...file, status: 'Scheduled', waiting: {reason: 'example.com asked us to wait.', until}})
    const [first, second] = [waits('2026-11-24T10:02:00.000Z'), waits('2026-11-24T10:04:00.000Z')]
    const downloaded: File = {...file, status: 'Downloaded', size: 2, bytesDone: 2}
    const told: File[] = []
    const api = apiAt(await apiThat(accepted, [200, first], [200, first], [200, second], [200, downloaded]), bearer())
    await follow(api, url, (_url, now) => told.push(now))
    expect(told).toEqual([first, second, downloaded])
  })

  it('answers why a file failed', async () => {
    const error = {code: 'SourceNotFoundError', message: 'It is gone.', retryable: false}
    const failed: File = {...file, status: 'Failed', error}
    expect(await follow(apiAt(await apiThat(accepted, [200, failed]), bearer()), url, () => undefined)).toEqual({url, file: failed, error})
  })

  it('answers why a request was refused', async () => {
    const error = {code: 'InvalidUrlError', message: 'Expected a URL.', retryable: false}
    expect(await follow(apiAt(await apiThat([400, {error}]), bearer()), 'harbour', () => undefined)).toEqual({url: 'harbour', error})
  })

  it('names the status where the API gives no reason', async () => {
    const error = {code: 'Http500Error', message: 'The API answered with HTTP status 500.', retryable: true}
    expect(await follow(apiAt(await apiThat([500, {message: 'Internal Server Error'}]), bearer()), url, () => undefined)).toEqual({url, error})
  })
})

describe('apiAt', () => {
  it('registers a device, and is no one in particular without a user', async () => {
    await apiAt(await apiThat([204, undefined]), bearer()).register('my phone', {platform: 'APNS', token: 't'})
    expect(seen).toEqual([{call: 'PUT /devices/my%20phone', user: undefined, body: '{"platform":"APNS","token":"t"}'}])
  })
})
