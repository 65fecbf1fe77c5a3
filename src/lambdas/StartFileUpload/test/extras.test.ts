import {afterAll, beforeAll, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {PutObjectCommandInput} from '@aws-sdk/client-s3'
import {once} from 'node:events'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'

const putObject = jest.fn<(input: PutObjectCommandInput) => Promise<unknown>>()
const writeLog = jest.fn<(level: string, message: string, fields: {error: Error}) => void>()
jest.unstable_mockModule('../../../lib/vendor/Logger', () => ({writeLog, addLogContext: jest.fn()}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({putObject}))
Object.assign(process.env, {BUCKET_NAME: 'media', ALLOW_PRIVATE_SOURCES: 'true'})
const {storeExtras} = await import('../src/extras')

const mebibyte = 1024 * 1024
/** A picture, or captions, of a given size. */
const gif = (size: number): Buffer => Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(size - 6, 'a picture of no use')])
const vtt = (size: number): string => 'WEBVTT\n'.padEnd(size, 'NOTE of no use\n')
const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1')
let folder: string
let site: MediaSite
let elsewhere: MediaSite
const source = (path: string) => ({url: site.url(path), headers: {referer: 'https://example.com/'}})
const store = (thumbnail: string | undefined, captions: Readonly<Record<string, string>> = {}) => storeExtras('url-1', {
  ...(thumbnail !== undefined && {thumbnail: {...source(''), url: thumbnail}}),
  captions: Object.entries(captions).map(([language, path]) => ({language, ...source(path)}))
}, new AbortController().signal)

/** Why something was left out, as it is logged. */
const leftOut = (): string[] => writeLog.mock.calls.map(([level, message, {error}]) => {
  expect([level, message]).toEqual(['warn', 'A thumbnail or captions were left out.'])
  return error.message
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extras-'))
  await Promise.all([
    writeFile(join(folder, 'picture.png'), png),
    writeFile(join(folder, 'most.gif'), gif(5 * mebibyte)), writeFile(join(folder, 'large.gif'), gif(5 * mebibyte + 1)),
    writeFile(join(folder, 'most.vtt'), vtt(2 * mebibyte)), writeFile(join(folder, 'large.vtt'), vtt(2 * mebibyte + 1)),
    writeFile(join(folder, 'en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'), writeFile(join(folder, 'de.vtt'), '\ufeffWEBVTT - Deutsch\n'),
    writeFile(join(folder, 'page.vtt'), '<!DOCTYPE html><html></html>'), writeFile(join(folder, 'late.vtt'), 'NOTE WEBVTT\n'),
    writeFile(join(folder, 'empty.vtt'), 'WEBVTT'), writeFile(join(folder, 'similar.vtt'), 'WEBVTTS\n')
  ])
  site = await startMediaSite({folder})
  elsewhere = await startMediaSite({folder, host: '127.0.0.2'})
})
beforeEach(() => {
  putObject.mockReset().mockResolvedValue({})
  writeLog.mockReset()
})
afterAll(async () => {
  await site.close()
  await elsewhere.close()
  await rm(folder, {recursive: true, force: true})
})

describe('storeExtras', () => {
  test('stores the picture and the captions beside the media, by what they are', async () => {
    const captions = [{language: 'de', s3Key: 'extras/url-1/captions.de.vtt'}, {language: 'en', s3Key: 'extras/url-1/captions.en.vtt'}]
    expect(await store(site.url('/files/picture.png'), {en: '/files/en.vtt', de: '/files/de.vtt'})).toEqual({thumbnail: 'extras/url-1/thumbnail.png', captions})
    const puts = putObject.mock.calls.map(([{Bucket, Key, ContentType}]) => [Bucket, Key, ContentType]).sort()
    expect(puts).toEqual([
      ['media', 'extras/url-1/captions.de.vtt', 'text/vtt; charset=utf-8'], ['media', 'extras/url-1/captions.en.vtt', 'text/vtt; charset=utf-8'],
      ['media', 'extras/url-1/thumbnail.png', 'image/png']
    ])
    expect(site.requests.every(({headers}) => headers.referer === 'https://example.com/')).toBe(true)
  })

  test('takes off what servers compress unasked, and counts what comes out', async () => {
    const bodies: Readonly<Record<string, Buffer>> = {'/en.vtt': gzipSync(vtt(5_000)), '/large.vtt': gzipSync(vtt(2 * mebibyte + 1))}
    const server = createServer(({url = ''}, response) => void response.writeHead(200, {'content-encoding': 'gzip'}).end(bodies[url]))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const at = (path: string) => ({url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, headers: {}})
    const captions = [{language: 'en', ...at('/en.vtt')}, {language: 'fr', ...at('/large.vtt')}]
    expect(await storeExtras('url-1', {captions}, new AbortController().signal)).toEqual({captions: [{language: 'en', s3Key: 'extras/url-1/captions.en.vtt'}]})
    server.close()
    expect(putObject.mock.calls.map(([{Body}]) => String(Body))).toEqual([vtt(5_000)])
    expect(leftOut()).toEqual([expect.stringContaining('sends more')])
  })

  test('stores what is as large as it may be', async () => {
    expect(await store(site.url('/files/most.gif'), {en: '/files/most.vtt', fr: '/files/empty.vtt'})).toEqual({
      thumbnail: 'extras/url-1/thumbnail.gif',
      captions: [{language: 'en', s3Key: 'extras/url-1/captions.en.vtt'}, {language: 'fr', s3Key: 'extras/url-1/captions.fr.vtt'}]
    })
    const bodies = putObject.mock.calls.map(([{Body}]) => Body as Buffer).toSorted((one, other) => one.length - other.length)
    expect(bodies.map(({length}) => length)).toEqual([6, 2 * mebibyte, 5 * mebibyte])
    expect([bodies[1]!.equals(Buffer.from(vtt(2 * mebibyte))), bodies[2]!.equals(gif(5 * mebibyte))]).toEqual([true, true])
    expect(leftOut()).toEqual([])
  })

  test('leaves out a picture that comes with a refusal', async () => {
    const server = createServer((_request, response) => response.writeHead(403).end(png)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    expect(await store(`http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`)).toStrictEqual({})
    server.close()
    expect([putObject.mock.calls, leftOut()]).toEqual([[], [expect.stringMatching(/403/)]])
  })

  test.each([
    ['a page', '/page', 'Expected a picture as thumbnail; it is something else.'], ['a video', '/clip.mp4', 'Expected a picture as thumbnail; it is something else.'],
    ['what is missing', '/files/none.png', /404/],
    ['what is a byte too large', '/files/large.gif', /^Expected at most 5242880 bytes; 127\.0\.0\.1:\d+ sends more\.$/], ['what stalls', '/stall.mp4', /abort|time/i]
  ])('leaves out %s as picture, says why, and fails nothing', async (_what, path, why) => {
    expect(await store(site.url(path))).toStrictEqual({})
    expect([putObject.mock.calls, leftOut()]).toEqual([[], [typeof why === 'string' ? why : expect.stringMatching(why)]])
  }, 20_000)

  test.each([
    ['a page', '/files/page.vtt', 'Expected WebVTT as captions in en; it is something else.'],
    ['what has the word later', '/files/late.vtt', 'Expected WebVTT as captions in en; it is something else.'],
    ['what only begins like it', '/files/similar.vtt', 'Expected WebVTT as captions in en; it is something else.'],
    ['what is missing', '/files/none.vtt', /404/], ['what is a byte too large', '/files/large.vtt', /^Expected at most 2097152 bytes; /]
  ])('leaves out %s as captions, says why, and keeps the rest', async (_what, path, why) => {
    expect(await store(site.url('/files/picture.png'), {en: path, de: '/files/de.vtt'})).toStrictEqual({
      thumbnail: 'extras/url-1/thumbnail.png', captions: [{language: 'de', s3Key: 'extras/url-1/captions.de.vtt'}]
    })
    expect(leftOut()).toEqual([typeof why === 'string' ? why : expect.stringMatching(why)])
  })

  test('leaves out what the store does not take', async () => {
    putObject.mockRejectedValueOnce(new Error('SlowDown'))
    expect(await store(site.url('/files/picture.png'))).toStrictEqual({})
    expect(leftOut()).toEqual(['SlowDown'])
  })

  test('has nothing to do where there is nothing', async () => {
    expect(await store(undefined)).toStrictEqual({})
    expect([putObject.mock.calls, writeLog.mock.calls]).toEqual([[], []])
  })

  test('reaches no private address, by itself or by a redirect', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await store(elsewhere.url('/files/picture.png'), {en: `/redirect?to=${encodeURIComponent(elsewhere.url('/files/en.vtt'))}`})).toEqual({})
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    expect([elsewhere.requests, putObject.mock.calls]).toEqual([[], []])
  })
})
