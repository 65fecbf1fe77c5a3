import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {apiAt, type File} from '../../../shared/api'
import type {Options} from '../options'
import {prove} from '../prove'
import {recorderFor, type Report} from '../report'

const clip = readFileSync('local/cli/demo/harbour.mp4')
const sha256 = createHash('sha256').update(clip).digest('hex')

/** A deployment that behaves as its test wants it. */
interface Deployment {
  content: Buffer
  ranges: boolean
  strangers: number
  first: {statusCode: number, status: string}
  states: Array<Partial<File>>
}

let deployment: Deployment
let server: Server
let address: string
let lines: string[]

const json = (response: ServerResponse, statusCode: number, answer: unknown): void =>
  void response.writeHead(statusCode, {'content-type': 'application/json'}).end(JSON.stringify(answer))

const fileNow = (): Partial<File> => {
  const {states} = deployment
  return states.length > 1 ? states.shift()! : states[0]!
}

const download = (response: ServerResponse, range?: string): void => {
  if (range === undefined || !deployment.ranges) {
    response.writeHead(200).end(deployment.content)
    return
  }
  const part = deployment.content.subarray(0, 1024)
  response.writeHead(206, {'content-range': `bytes 0-${part.length - 1}/${deployment.content.length}`}).end(part)
}

beforeEach(async () => {
  server = createServer(({method, url = '', headers}, response) => {
    if (url.startsWith('/download')) {
      return download(response, headers.range)
    }
    if (headers.authorization === undefined) {
      return json(response, deployment.strangers, {message: 'Unauthorized'})
    }
    const view = (): File => ({
      fileId: 'url-1', status: 'Downloaded', title: null, size: clip.length, bytesDone: clip.length, speed: null, secondsLeft: null, contentType: 'video/mp4',
      downloadUrl: `${address}/download`, error: null, ...fileNow()
    })
    return method === 'POST'
      ? json(response, deployment.first.statusCode, {fileId: 'url-1', status: deployment.first.status})
      : json(response, 200, url.startsWith('/files/') ? view() : {files: [view()], nextToken: null})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  deployment = {content: clip, ranges: true, strangers: 401, first: {statusCode: 202, status: 'Requested'}, states: [{status: 'Requested', bytesDone: 0}, {status: 'Downloading', bytesDone: 7}, {}]}
  lines = []
})

afterEach(() => new Promise((resolve) => {
  server.close(resolve)
  server.closeAllConnections()
}))

const run = async (more: Partial<Options> = {}): Promise<Report> => {
  const options: Options = {endpoint: new URL(address), isLoopback: true, user: 'smoke', region: 'us-west-2', timeoutMilliseconds: 2000, ...more}
  const recorder = recorderFor(address, (line) => lines.push(line))
  await prove(apiAt(options.endpoint, async () => ({authorization: 'Bearer smoke'})), options, recorder).catch(() => undefined)
  return recorder.report()
}

const steps = ({steps}: Report): Record<string, boolean> => Object.fromEntries(steps.map(({name, ok}) => [name, ok]))
const detailOf = ({steps}: Report, step: string): string | undefined => steps.find(({name}) => name === step)?.detail

describe('A deployment that works', () => {
  test('is proven step by step, with what stays behind', async () => {
    const report = await run()
    expect(report).toEqual({
      ok: true, endpoint: address, seconds: expect.any(Number), source: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/harbour\.mp4\?smoke=[0-9a-f-]{36}$/),
      fileId: 'url-1', size: clip.length, sha256, steps: expect.any(Array),
      left: ['in the table the records of url-1, in the bucket its object', expect.stringContaining('archive')]
    })
    expect(steps(report)).toEqual({request: true, download: true, link: true, content: true, list: true, clean: true})
    expect(lines.map((line) => line.trim())).toEqual(expect.arrayContaining(['Requested', 'Downloading, 7 bytes', expect.stringMatching(/^ok {4} {2}content .* bytes as the source has them/)]))
  })

  test('refuses strangers, where it is not the embedded one', async () => {
    const report = await run({isLoopback: false, source: new URL(`${address}/download`)})
    expect({ok: report.ok, stranger: detailOf(report, 'stranger'), content: detailOf(report, 'content')})
      .toEqual({ok: true, stranger: 'refused with 401', content: expect.stringContaining('with no content type here, so its bytes are not compared')})
  })

  test('keeps a file that was there before', async () => {
    deployment.first = {statusCode: 200, status: 'Downloaded'}
    const report = await run()
    expect({ok: report.ok, left: report.left, cleaned: 'clean' in steps(report)}).toEqual({ok: true, left: undefined, cleaned: false})
    expect(lines.at(-1)).toContain('was there before this test')
  })
})

describe('A deployment that does not work is found out', () => {
  test.each<[string, Partial<Deployment>, Partial<Options>, string, string]>([
    ['where the file fails', {states: [{status: 'Failed', error: {code: 'SourceBlockedError', message: 'No.', retryable: false}}]}, {}, 'download', 'it failed with SourceBlockedError: No.'],
    ['where it never comes', {states: [{status: 'MetadataReady', bytesDone: 0}]}, {timeoutMilliseconds: 150}, 'download', 'within 0.15 s; it is MetadataReady.'],
    ['where there is no link', {states: [{downloadUrl: null}]}, {}, 'link', 'a download link'],
    ['where the link has no ranges', {ranges: false}, {}, 'link', 'it answered 200, no range'],
    ['where a byte is another', {content: Buffer.concat([clip.subarray(0, -1), Buffer.from('x')])}, {}, 'content', 'Expected the source\'s'],
    ['where everybody may come in', {strangers: 200}, {isLoopback: false}, 'stranger', 'it got 200']
  ])('%s', async (_, more, options, step, message) => {
    Object.assign(deployment, more)
    const report = await run(options)
    expect(report.steps.filter(({ok}) => !ok).map(({name, detail}) => [name, detail])).toEqual([[step, expect.stringContaining(message)]])
    expect(report.ok).toBe(false)
  })
})
