import {afterAll, beforeAll, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {PutObjectCommandInput} from '@aws-sdk/client-s3'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'

const putObject = jest.fn<(input: PutObjectCommandInput) => Promise<unknown>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({putObject}))
Object.assign(process.env, {BUCKET_NAME: 'media', ALLOW_PRIVATE_SOURCES: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT'})
const {storeExtras} = await import('../src/extras')

const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1')
let folder: string
let site: MediaSite
let elsewhere: MediaSite
const source = (path: string) => ({url: site.url(path), headers: {referer: 'https://example.com/'}})
const store = (thumbnail: string | undefined, captions: Readonly<Record<string, string>> = {}) => storeExtras('url-1', {
  ...(thumbnail !== undefined && {thumbnail: {...source(''), url: thumbnail}}),
  captions: Object.entries(captions).map(([language, path]) => ({language, ...source(path)}))
}, new AbortController().signal)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extras-'))
  await Promise.all([
    writeFile(join(folder, 'picture.png'), png), writeFile(join(folder, 'large.png'), Buffer.concat([png, Buffer.alloc(6_000_000)])),
    writeFile(join(folder, 'en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'), writeFile(join(folder, 'de.vtt'), '\ufeffWEBVTT - Deutsch\n'),
    writeFile(join(folder, 'page.vtt'), '<!DOCTYPE html><html></html>')
  ])
  site = await startMediaSite({folder})
  elsewhere = await startMediaSite({folder, host: '127.0.0.2'})
})
beforeEach(() => { putObject.mockReset().mockResolvedValue({}) })
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

  test.each([
    ['a page as captions', undefined, {en: '/files/page.vtt'}], ['a page as picture', '/page', {}], ['a video as picture', '/clip.mp4', {}],
    ['what is missing', '/files/none.png', {en: '/files/none.vtt'}], ['what is too large', '/files/large.png', {}], ['what stalls', '/stall.mp4', {}]
  ])('leaves out %s, and fails nothing', async (_what, picture, captions) => {
    expect(await store(picture === undefined ? undefined : site.url(picture), captions)).toEqual({})
    expect(putObject.mock.calls).toEqual([])
  }, 20_000)

  test('leaves out what the store does not take', async () => {
    putObject.mockRejectedValueOnce(new Error('SlowDown'))
    expect(await store(site.url('/files/picture.png'))).toEqual({})
  })

  test('reaches no private address, by itself or by a redirect', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await store(elsewhere.url('/files/picture.png'), {en: `/redirect?to=${encodeURIComponent(elsewhere.url('/files/en.vtt'))}`})).toEqual({})
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    expect([elsewhere.requests, putObject.mock.calls]).toEqual([[], []])
  })
})
