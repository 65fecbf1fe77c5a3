import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {claimed, context, failure, fileId, handler, input, record, s3, table} from './fixture'

const film = syntheticFile('mp4', 20_000)
const whole = {fileId, s3Key: 'media/url-1.mp4', contentType: 'video/mp4', uploadId: 'upload-1', ranges: [], size: film.length}
let asked: string[] = []
let token = 0

/** A feed whose file has an address that is another one each time, of which only the last serves; under `/dead` none does. */
const server = createServer(({url = ''}, response) => {
  asked.push(url)
  if (url === '/feed' || url === '/dead') {
    token += url === '/feed' ? 1 : 0
    const text = `<rss version="2.0"><channel><item><title>Gulls</title><enclosure url="/gulls.mp4?token=${token}"/></item></channel></rss>`
    response.writeHead(200, {'content-type': 'text/xml'}).end(text)
  } else if (url === `/gulls.mp4?token=${token}` && token > 0) {
    response.writeHead(200, {'content-type': 'video/mp4', 'content-length': film.length}).end(film)
  } else {
    response.writeHead(410).end()
  }
})
const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

beforeAll(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) }))
afterAll(() => { server.close() })
beforeEach(() => { [asked, token] = [[], 0] })

const transferAt = async (path: string, more: Record<string, unknown>): Promise<unknown> => {
  await table.put({...claimed('/', more), sourceUrl: at(path)})
  return handler(input, context())
}

describe('the file of a feed', () => {
  test('is fetched from where its metadata were', async () => {
    token = 1
    expect(await transferAt('/feed', {mediaUrl: at('/gulls.mp4?token=1')})).toEqual(whole)
    expect(asked).toEqual(['/gulls.mp4?token=1'])
    expect(s3.objects.get('media/url-1.mp4')?.bytes.equals(film)).toBe(true)
  })

  test('is looked for now, if there were no metadata yet, and named as its item is', async () => {
    expect(await transferAt('/feed', {extractor: undefined})).toEqual(whole)
    expect(await record()).toMatchObject({extractor: 'direct', mediaUrl: at('/gulls.mp4?token=1'), title: 'Gulls'})
    expect(asked).toEqual(['/feed', '/gulls.mp4?token=1'])
  })

  test('is looked for again, if its address has expired', async () => {
    expect(await transferAt('/feed', {mediaUrl: at('/gulls.mp4?token=0')})).toEqual(whole)
    expect(await record()).toMatchObject({mediaUrl: at('/gulls.mp4?token=1')})
    expect(asked).toEqual(['/gulls.mp4?token=0', '/feed', '/gulls.mp4?token=1'])
  })

  test('that is gone for good is refused as such', async () => {
    expect(await failure(transferAt('/dead', {mediaUrl: at('/gulls.mp4?token=7')}))).toMatchObject({name: 'SourceNotFoundError'})
    expect(asked).toEqual(['/gulls.mp4?token=7', '/dead', '/gulls.mp4?token=0'])
  })
})
