import {afterAll, afterEach, describe, expect, jest, test} from '@jest/globals'
import {apiEvent, type ApiCall} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {startTable} from '../../../../test/helpers/table'
import {fileKey, fileUserKey} from '../../../util/files/keys'

const presignGetObject = jest.fn(async (input: {readonly Key?: string}, expiresIn: number) => `https://signed/${input.Key}?X-Amz-Expires=${expiresIn}`)
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({presignGetObject}))

const table = await startTable()
Object.assign(process.env, {BUCKET_NAME: 'media-downloader', DOWNLOAD_URL_SECONDS: '3600'})
const {handler} = await import('../src')

const time = (index: number): string => new Date(Date.UTC(2025, 10, 23, 10, 0, index)).toISOString()

const file = (fileId: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl: `https://e.com/${fileId}.mp4`, status: 'Requested', correlationId: 'c-1',
  requestedAt: time(0), availableAt: time(0), updatedAt: time(0), ...more
})
const request = (fileId: string, userId: string, index = 0): Record<string, unknown> =>
  ({...fileUserKey(fileId, userId), fileId, userId, requestedAt: time(index)})

const get = async (call: Omit<ApiCall, 'routeKey'>): Promise<{statusCode?: number, body: unknown}> => {
  const answer = await handler(apiEvent({routeKey: call.path ? 'GET /files/{fileId}' : 'GET /files', ...call}), context)
  return {statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}
}

const requestedView = {
  fileId: 'url-1', sourceUrl: 'https://e.com/url-1.mp4', preset: 'best', status: 'Requested', waiting: null, title: null, author: null, contentType: null,
  size: null, bytesDone: 0, speed: null, secondsLeft: null,
  downloadUrl: null, thumbnailUrl: null, captions: [], audio: null, note: null, error: null, requestedAt: time(0), completedAt: null
}

afterEach(() => table.clear())
afterAll(() => table.stop())

describe('GET /files/{fileId}', () => {
  test('shows a file that was just requested', async () => {
    await table.put(file('url-1'), request('url-1', 'alice'))
    expect(await get({path: {fileId: 'url-1'}})).toEqual({statusCode: 200, body: requestedView})
  })

  test('shows how far a download is', async () => {
    await table.put(request('url-1', 'alice', 5), file('url-1', {
      status: 'Downloading', title: 'Harbour', authorName: 'An Author', authorUser: 'anauthor', contentType: 'video/mp4', size: 100, s3Key: 'media/url-1.mp4',
      updatedAt: new Date().toISOString(), progress: {r1: {bytes: 30, speed: 4}, r2: {bytes: 10, speed: 3}, r3: {bytes: 0, speed: 0}}
    }))
    expect(await get({path: {fileId: 'url-1'}})).toEqual({statusCode: 200, body: {
      ...requestedView, status: 'Downloading', title: 'Harbour', author: 'An Author', contentType: 'video/mp4', size: 100, bytesDone: 40,
      speed: 7, secondsLeft: 9, requestedAt: time(5)
    }})
  })

  test.each([
    ['of which nothing was heard for a while', {updatedAt: time(0), progress: {r1: {bytes: 30, speed: 4}}}],
    ['that waits for its source', {status: 'Scheduled', progress: {r1: {bytes: 30, speed: 4}}}],
    ['that has just begun', {progress: {r1: {bytes: 30, speed: 0}}}]
  ])('shows no speed of a download %s', async (_what, more) => {
    await table.put(request('url-1', 'alice', 5), file('url-1', {status: 'Downloading', updatedAt: new Date().toISOString(), size: 100, ...more}))
    expect((await get({path: {fileId: 'url-1'}})).body).toMatchObject({bytesDone: 30, speed: null, secondsLeft: null})
  })

  test('shows no time left of a download whose size no one knows', async () => {
    await table.put(request('url-1', 'alice', 5), file('url-1', {
      status: 'Downloading', updatedAt: new Date().toISOString(), progress: {r1: {bytes: 30, speed: 4}}
    }))
    expect((await get({path: {fileId: 'url-1'}})).body).toMatchObject({bytesDone: 30, speed: 4, secondsLeft: null})
  })

  test('shows a downloaded file with a link that saves it under its title', async () => {
    await table.put(request('url-1', 'alice'), file('url-1', {
      status: 'Downloaded', title: 'Háfen: Teil 1/2', authorUser: 'anauthor', contentType: 'video/mp4', size: 100, s3Key: 'media/url-1.mp4', completedAt: time(9)
    }))
    expect(await get({path: {fileId: 'url-1'}})).toEqual({statusCode: 200, body: {
      ...requestedView, status: 'Downloaded', title: 'Háfen: Teil 1/2', author: 'anauthor', contentType: 'video/mp4', size: 100, bytesDone: 100,
      downloadUrl: 'https://signed/media/url-1.mp4?X-Amz-Expires=3600', completedAt: time(9)
    }})
    expect(presignGetObject.mock.calls).toEqual([[{
      Bucket: 'media-downloader', Key: 'media/url-1.mp4',
      ResponseContentDisposition: 'attachment; filename="Hafen Teil 1 2.mp4"; filename*=UTF-8\'\'H%C3%A1fen%20Teil%201%202.mp4'
    }, 3600]])
  })

  test.each([['sound', /^It has no sound: .*another source/], ['picture', /^It has no picture: /], ['colour', null], [undefined, null]])('says what a downloaded file is without: %s', async (missing, note) => {
    await table.put(request('url-1', 'alice'), file('url-1', {status: 'Downloaded', contentType: 'video/mp4', size: 100, s3Key: 'media/url-1.mp4', ...(missing && {missing})}))
    expect((await get({path: {fileId: 'url-1'}})).body).toMatchObject({status: 'Downloaded', note: note && expect.stringMatching(note)})
  })

  test('says why a file waits and until when', async () => {
    const waiting = {code: 'RateLimitedError', reason: 'example.com asked us to wait.'}
    await table.put(request('url-1', 'alice'), file('url-1', {status: 'Scheduled', availableAt: time(30), waiting}))
    expect((await get({path: {fileId: 'url-1'}})).body).toEqual({...requestedView, status: 'Scheduled', waiting: {...waiting, until: time(30)}})
  })

  test('has links to the picture and the captions as soon as they are there', async () => {
    await table.put(request('url-1', 'alice'), file('url-1', {
      thumbnail: 'extras/url-1/thumbnail.jpg', captions: [{language: 'en', s3Key: 'extras/url-1/captions.en.vtt'}]
    }))
    expect((await get({path: {fileId: 'url-1'}})).body).toMatchObject({
      thumbnailUrl: 'https://signed/extras/url-1/thumbnail.jpg?X-Amz-Expires=3600',
      captions: [{language: 'en', url: 'https://signed/extras/url-1/captions.en.vtt?X-Amz-Expires=3600'}]
    })
  })

  test('shows no file whose days are over', async () => {
    await table.put(request('url-1', 'alice'), file('url-1', {status: 'Downloaded', s3Key: 'media/url-1.mp4', expiresAt: Math.floor(Date.now() / 1000)}))
    expect(await get({path: {fileId: 'url-1'}})).toMatchObject({statusCode: 404, body: {error: {code: 'FileNotFoundError'}}})
    expect(await get({})).toEqual({statusCode: 200, body: {files: [], nextToken: null}})
  })

  test('shows why a file failed', async () => {
    const error = {code: 'SourceNotFoundError', message: 'The source answered 404.', retryable: false}
    await table.put(request('url-1', 'alice'), file('url-1', {status: 'Failed', error}))
    expect(await get({path: {fileId: 'url-1'}})).toEqual({statusCode: 200, body: {...requestedView, status: 'Failed', error}})
  })

  test.each(['url-1', 'url-2', '', 'a'.repeat(3_000), 'é', '../x'])('answers 404 for %j, which the user did not ask for', async (fileId) => {
    await table.put(file('url-1'), request('url-1', 'bob'))
    expect(await get({path: {fileId}})).toEqual({statusCode: 404, body: {error: {code: 'FileNotFoundError', message: expect.any(String), retryable: false}}})
  })

  test('answers 404 to a request that names no file', async () => {
    const answer = await handler(apiEvent({routeKey: 'GET /files/{fileId}'}), context)
    expect({statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}).toEqual({
      statusCode: 404, body: {error: {code: 'FileNotFoundError', message: 'You have not requested a file with the id \'\'. Look at the list of your files.', retryable: false}}
    })
  })

  test('answers 404 for a request whose file was not begun', async () => {
    await table.put(request('url-1', 'alice'))
    expect((await get({path: {fileId: 'url-1'}})).statusCode).toBe(404)
  })

  test('answers 401 to no one', async () => {
    expect((await get({path: {fileId: 'url-1'}, user: null})).statusCode).toBe(401)
  })
})

describe('GET /files', () => {
  const many = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      await table.put(file(`url-${index}`), request(`url-${index}`, 'alice', index))
    }
  }
  const idsOf = (body: unknown): string[] => (body as {files: {fileId: string}[]}).files.map(({fileId}) => fileId)
  const tokenOf = (body: unknown): string => (body as {nextToken: string}).nextToken

  test('is empty for a new user', async () => {
    await table.put(file('url-1'), request('url-1', 'bob'), {PK: 'USER#alice', SK: 'DEVICE#1', userId: 'alice', deviceId: '1'})
    expect(await get({})).toEqual({statusCode: 200, body: {files: [], nextToken: null}})
  })

  test('has the user\'s files alone, newest first, as they are shown one by one', async () => {
    await table.put(file('url-1'), request('url-1', 'alice', 0), request('url-1', 'bob', 9), file('url-2'), request('url-2', 'alice', 1), file('url-3'), request('url-3', 'bob', 2))
    expect(await get({})).toEqual({statusCode: 200, body: {
      files: [{...requestedView, fileId: 'url-2', sourceUrl: 'https://e.com/url-2.mp4', requestedAt: time(1)}, requestedView],
      nextToken: null
    }})
  })

  test('comes in pages, each file on one of them', async () => {
    await many(7)
    const first = await get({query: {limit: '3'}})
    const second = await get({query: {limit: '3', nextToken: tokenOf(first.body)}})
    const third = await get({query: {limit: '3', nextToken: tokenOf(second.body)}})
    expect([first, second, third].flatMap(({body}) => idsOf(body))).toEqual(['url-6', 'url-5', 'url-4', 'url-3', 'url-2', 'url-1', 'url-0'])
    expect([first, second, third].map(({body}) => idsOf(body).length)).toEqual([3, 3, 1])
    expect(tokenOf(third.body)).toBeNull()
  })

  test('has 100 files on a page and 50 where none says otherwise', async () => {
    await many(103)
    const [largest, usual] = [await get({query: {limit: '100'}}), await get({})]
    expect([idsOf(largest.body).length, idsOf(usual.body).length]).toEqual([100, 50])
  })

  test('shows no one another user\'s files by that user\'s token', async () => {
    await many(2)
    const {body} = await get({query: {limit: '1'}})
    await table.put(request('url-0', 'bob', 0))
    expect(idsOf((await get({user: 'bob', query: {nextToken: tokenOf(body)}})).body)).toEqual(['url-0'])
  })

  test('leaves out a request whose file was not begun', async () => {
    await table.put(request('url-1', 'alice'))
    expect(await get({})).toEqual({statusCode: 200, body: {files: [], nextToken: null}})
  })

  const tokens = ['x', 'W10', ...['[1,2]', '{}', `["${'a'.repeat(3_000)}","2025-11-23T10:00:00.000Z"]`, '["url-1","yesterday"]'].map((text) =>
    Buffer.from(text).toString('base64url'))]

  test.each<Record<string, string>>([
    {limit: '0'}, {limit: '101'}, {limit: '1.5'}, {limit: 'many'}, {limit: ''}, ...tokens.map((nextToken) => ({nextToken}))
  ])('refuses %j with 400', async (query) => {
    expect(await get({query})).toEqual({statusCode: 400, body: {error: {code: 'InvalidRequestError', message: expect.any(String), retryable: false}}})
  })
})
