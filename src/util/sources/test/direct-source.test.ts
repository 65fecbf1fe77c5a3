import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {type DirectSource, openDirect} from '../direct-source'

let site: MediaSite

beforeAll(async () => { site = await startMediaSite() })
afterAll(() => site.close())
beforeEach(() => { Object.assign(process.env, {MAX_FILE_BYTES: '5000000', ALLOW_PRIVATE_SOURCES: 'true'}) })

const open = (path: string, headers?: Record<string, string>): Promise<DirectSource> => openDirect(new URL(site.url(path)), {headers})
const described = async (path: string, headers?: Record<string, string>): Promise<Partial<DirectSource>> => {
  const {content, title, size, close} = await open(path, headers)
  close()
  return {content, title, size}
}

describe('openDirect', () => {
  it('says what a file is and gives all its bytes', async () => {
    const source = await open('/synthetic/3000000.mp4')
    const chunks: Buffer[] = []
    for await (const chunk of source.body) {
      chunks.push(Buffer.from(chunk))
    }
    expect({content: source.content, title: source.title, size: source.size})
      .toEqual({content: {kind: 'media', contentType: 'video/mp4', extension: 'mp4'}, title: '3000000', size: 3_000_000})
    expect(Buffer.concat(chunks).equals(syntheticFile('mp4', 3_000_000))).toBe(true)
  })

  it('knows the whole size of a part, and none of what announces none', async () => {
    expect(await described('/synthetic/3000000.mp4', {range: 'bytes=0-'})).toMatchObject({size: 3_000_000})
    expect(await described('/synthetic/3000000.mp4', {range: 'bytes=0-9999'})).toMatchObject({size: 3_000_000})
    expect(await described('/synthetic/3000000.mp4?chunked=1')).toMatchObject({size: undefined})
  })

  it('takes a file out of its content coding, and believes no length of it', async () => {
    const source = await open('/gzip.mp4')
    const chunks: Buffer[] = []
    for await (const chunk of source.body) {
      chunks.push(Buffer.from(chunk))
    }
    expect([source.content.kind, source.size, Buffer.concat(chunks).equals(syntheticFile('mp4', 10_000))]).toEqual(['media', undefined, true])
  })

  it('takes the title from the disposition', async () => {
    expect(await described(`/named?disposition=${encodeURIComponent('attachment; filename="The harbour.mp4"')}`)).toMatchObject({title: 'The harbour'})
  })

  it.each([['/page', 'page'], ['/lying.mp4', 'page'], ['/hls/master.m3u8', 'manifest'], ['/text.txt', 'other'], ['/empty.mp4', 'empty']])('tells what %s is: %s', async (path, kind) => {
    expect(await described(path)).toMatchObject({content: {kind}})
  })

  it.each([
    ['/status/404/a.mp4', 'SourceNotFoundError'], ['/status/429/a.mp4?retry-after=60', 'RateLimitedError'],
    ['/synthetic/5000001.mp4', 'FileTooLargeError'], ['/redirect-loop.mp4', 'TooManyRedirectsError']
  ])('refuses %s: %s', async (path, name) => {
    await expect(open(path)).rejects.toMatchObject({name})
  })

  it('refuses private addresses unless the stack allows them, and metadata addresses in any stack', async () => {
    await expect(openDirect(new URL('http://169.254.169.254/'))).rejects.toMatchObject({name: 'PrivateAddressError'})
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    await expect(open('/synthetic/100.mp4')).rejects.toMatchObject({name: 'PrivateAddressError'})
  })
})
