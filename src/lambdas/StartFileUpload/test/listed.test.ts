import {createServer, type RequestListener} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {hostState} from '../../../util/hosts/host-state'
import {described, describeMedia, now, published, putEvents, record, start, table} from './fixture'

const film = syntheticFile('mp4', 20_000)
let asked: string[] = []
let documents: Record<string, string> = {}
let port = 0

const answer: RequestListener = ({url = '', headers: {host = ''}}, response) => {
  asked.push(`${host.replace(/:\d+$/, '')}${url}`)
  const text = documents[url]
  if (text !== undefined) {
    response.writeHead(200, {'content-type': 'text/xml'}).end(text)
  } else if (url.startsWith('/gone')) {
    response.writeHead(404).end()
  } else if (url.startsWith('/busy')) {
    response.writeHead(429, {'retry-after': '600'}).end()
  } else if (url.startsWith('/page')) {
    response.writeHead(200, {'content-type': 'text/html'}).end('<!doctype html><html><body>Gulls</body></html>')
  } else {
    response.writeHead(200, {'content-type': 'video/mp4', 'content-length': film.length}).end(film)
  }
}
const server = createServer(answer)

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => { server.close() })
beforeEach(() => { [asked, documents] = [[], {}] })

const at = (path: string, host = '127.0.0.3'): string => `http://${host}:${port}${path}`
const feedOf = (...addresses: string[]): string =>
  `<rss version="2.0"><channel>${addresses.map((address) => `<item><title>Gulls</title><enclosure url="${address}"/></item>`).join('')}</channel></rss>`
const startFeed = async (text: string): Promise<unknown> => {
  documents['/feed'] = text
  await start(at('/feed', '127.0.0.2'))
  return record()
}
const failed = (code: string, message: unknown = expect.any(String)): unknown => expect.objectContaining({status: 'Failed', error: expect.objectContaining({code, message, retryable: false})})

describe('a feed with one item', () => {
  test('is recorded with the place of its file, and announced under the title of the item', async () => {
    expect(await startFeed(feedOf(at('/gulls.mp4')))).toMatchObject({status: 'MetadataReady', extractor: 'direct', mediaUrl: at('/gulls.mp4'), title: 'Gulls', contentType: 'video/mp4', size: film.length})
    expect(published()).toEqual([['FileMetadataReady', expect.objectContaining({sourceUrl: at('/feed', '127.0.0.2'), title: 'Gulls', size: film.length})]])
    expect(asked).toEqual(['127.0.0.2/feed', '127.0.0.3/gulls.mp4'])
  })

  test('that is a page is yt-dlp\'s', async () => {
    describeMedia.mockResolvedValue(described())
    expect(await startFeed(feedOf(at('/page')))).toMatchObject({status: 'MetadataReady', extractor: 'yt-dlp', mediaUrl: at('/page'), title: 'Gulls'})
    expect(describeMedia.mock.calls.map(([url]) => url.href)).toEqual([at('/page')])
  })

  test('tries the addresses of it in turn', async () => {
    const asx = `<asx version="3"><entry><ref href="${at('/gone.mp4')}"/><ref href="mms://radio.example/1"/><ref href="${at('/gulls.mp4')}"/></entry></asx>`
    expect(await startFeed(asx)).toMatchObject({status: 'MetadataReady', mediaUrl: at('/gulls.mp4'), title: 'gulls'})
  })

  test('fails with what the first address was refused with', async () => {
    const asx = `<asx version="3"><entry><ref href="${at('/gone.mp4')}"/><ref href="mms://radio.example/1"/></entry></asx>`
    expect(await startFeed(asx)).toEqual(failed('SourceNotFoundError', expect.stringContaining('127.0.0.3')))
  })

  test('is waited for as long as the host of the item says, which is not the feed\'s', async () => {
    expect(await startFeed(feedOf(at('/busy.mp4')))).toMatchObject({status: 'Scheduled', availableAt: new Date(Date.parse(now) + 600_000).toISOString()})
    expect([await hostState('127.0.0.2'), await hostState('127.0.0.3')]).toEqual([
      expect.not.objectContaining({openUntil: expect.anything()}), expect.objectContaining({openUntil: expect.any(String)})
    ])
  })

  test('leads to another list, and that one to a file, but no further', async () => {
    documents['/one'] = feedOf(at('/gulls.mp4'))
    expect(await startFeed(feedOf(at('/one')))).toMatchObject({status: 'MetadataReady', mediaUrl: at('/gulls.mp4')})
    await table.clear()
    documents['/one'] = feedOf(at('/two'))
    documents['/two'] = feedOf(at('/gulls.mp4'))
    expect(await startFeed(feedOf(at('/one')))).toEqual(failed('UnsupportedSourceError', expect.stringContaining('leads to another list')))
  })
})

describe('a feed is no way around what links must be', () => {
  test.each([
    ['an address of the cloud', 'http://169.254.169.254/latest/meta-data', 'PrivateAddressError'], ['a file', 'file:///etc/passwd', 'UnsupportedSchemeError'],
    ['another scheme', 'rtsp://radio.example/1', 'UnsupportedSchemeError'], ['a password', 'https://ann:secret@radio.example/1.mp4', 'InvalidUrlError']
  ])('%s', async (_what, address, code) => {
    expect(await startFeed(feedOf(address))).toEqual(failed(code))
    expect(asked).toEqual(['127.0.0.2/feed'])
  })
})

test('a feed of several items fails, and is announced once', async () => {
  await startFeed(feedOf(at('/1.mp4'), at('/2.mp4')))
  expect(await record()).toEqual(failed('UnsupportedSourceError', expect.stringContaining('a feed of 2 files')))
  expect(putEvents).toHaveBeenCalledTimes(1)
})
