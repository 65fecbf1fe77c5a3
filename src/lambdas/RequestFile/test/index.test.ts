import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {fileKey, fileUserKey} from '../../../util/files/keys'
import {ask, emitMetrics, fileId, handler, now, published, sourceUrl, table, uuid} from './fixture'

describe('a URL that no one asked for', () => {
  test('is recorded, announced once and answered with 202', async () => {
    expect(await ask('alice')).toEqual({statusCode: 202, body: {fileId, status: 'Requested'}})
    const [file, user] = await table.all()
    expect(file).toEqual({
      ...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: uuid,
      requestedAt: now, availableAt: now, updatedAt: now, announcedAt: now, requestedBy: 'alice'
    })
    expect(user).toEqual({...fileUserKey(fileId, 'alice'), fileId, userId: 'alice', requestedAt: now})
    expect(published()).toEqual([{
      detailType: 'FileRequested',
      detail: {fileId, correlationId: file?.correlationId, sourceUrl, userId: 'alice', requestedAt: now}
    }])
  })

  test('is counted, as each further request is', async () => {
    await ask('alice')
    await ask('bob')
    expect(emitMetrics.mock.calls).toEqual([[{FilesRequested: {unit: 'Count', value: 1}}], [{FilesRequested: {unit: 'Count', value: 1}}]])
  })

  test('keeps the correlation id of a direct invocation', async () => {
    const answer = await handler({userId: 'feedly', url: sourceUrl, correlationId: 'feedly-1'}, context)
    expect({...answer, body: JSON.parse(answer.body ?? '')}).toEqual(expect.objectContaining({statusCode: 202, body: {fileId, status: 'Requested'}}))
    expect(await table.get(fileKey(fileId))).toEqual(expect.objectContaining({correlationId: 'feedly-1'}))
  })

  test('has one file and one attempt for ten users at once', async () => {
    const users = Array.from({length: 10}, (_, index) => `user-${index}`)
    const answers = await Promise.all(users.map((user) => ask(user)))
    const items = await table.all()
    expect(answers).toEqual(users.map(() => ({statusCode: 202, body: {fileId, status: 'Requested'}})))
    expect(items.map(({SK}) => SK).sort()).toEqual(['FILE', ...users.map((user) => `USER#${user}`)])
    expect(published()).toEqual([{detailType: 'FileRequested', detail: expect.objectContaining({fileId, correlationId: items[0]?.correlationId})}])
  })
})

describe('a preset', () => {
  const audio = `audio_${fileId}`

  test('makes a file of its own, which those who ask for the same share', async () => {
    expect([await ask('alice', sourceUrl, 'audio'), await ask('bob', sourceUrl, 'audio'), await ask('carol'), await ask('dave', sourceUrl, 'best')]).toEqual(
      [audio, audio, fileId, fileId].map((id) => ({statusCode: 202, body: {fileId: id, status: 'Requested'}})))
    expect(await table.get(fileKey(audio))).toEqual(expect.objectContaining({fileId: audio, sourceUrl, preset: 'audio'}))
    expect(await table.get(fileKey(fileId))).not.toHaveProperty('preset')
    expect(published()).toEqual([
      {detailType: 'FileRequested', detail: {fileId: audio, correlationId: uuid, sourceUrl, preset: 'audio', userId: 'alice', requestedAt: now}},
      {detailType: 'FileRequested', detail: {fileId, correlationId: uuid, sourceUrl, userId: 'carol', requestedAt: now}}
    ])
  })

  test('makes no copy of a file that its URL names', async () => {
    const url = 'https://media.example.com/clips/harbour.mp4'
    const [plain, sound] = [await ask('alice', url), await ask('bob', url, 'audio-mp3')]
    expect(sound.body).toEqual(plain.body)
    expect(published()).toHaveLength(1)
  })

  test('is refused where no one knows it', async () => {
    expect(await ask('alice', sourceUrl, '8k')).toEqual({
      statusCode: 400, body: {error: {code: 'InvalidRequestError', message: '`preset` must be one of best, 1080p, 720p, audio, audio-mp3, not "8k".', retryable: false}}
    })
    expect(await table.all()).toEqual([])
  })
})
