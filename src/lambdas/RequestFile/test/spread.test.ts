import {describe, expect, test} from '@jest/globals'
import {fileKey, fileUserKey, shardUserKey, spreadKey, spreadsFiles} from '../../../util/files/keys'
import {ask, fileId, now, published, table} from './fixture'

const named = (spreads: boolean): string[] => Array.from({length: 100}, (_, index) => `user-${index}`).filter((user) => spreadsFiles(user) === spreads)
const [spreader] = named(true)
const [first, second, third] = named(false)
const request = (key: object, userId: string) => ({...key, fileId, userId, requestedAt: now})

describe('a file that many ask for', () => {
  test('is spread by the first of them who does so, and users who come after are in a shard', async () => {
    for (const user of [first!, second!, spreader!, third!]) {
      expect((await ask(user)).statusCode).toBe(202)
    }
    expect((await table.all()).map(({PK, SK}) => ({PK, SK}))).toEqual([
      fileKey(fileId), fileUserKey(fileId, first!), fileUserKey(fileId, second!), spreadKey(fileId),
      ...[shardUserKey(fileId, third!), shardUserKey(fileId, spreader!)].sort((one, other) => one.PK.localeCompare(other.PK))
    ])
    expect(await table.get(fileKey(fileId))).toMatchObject({isSpread: true, status: 'Requested'})
    expect(published()).toHaveLength(1)
  })

  test('keeps who was there before where they are, with the time of their first request', async () => {
    await table.put({...spreadKey(fileId)}, request(fileUserKey(fileId, first!), first!))
    await ask(second!)
    await table.put({...await table.get(fileKey(fileId)), isSpread: true})
    await ask(first!)
    expect(await table.get(shardUserKey(fileId, first!))).toBeUndefined()
    expect(await table.get(fileUserKey(fileId, first!))).toEqual(request(fileUserKey(fileId, first!), first!))
  })

  test('is not spread by the one who asks for it first, or asks again', async () => {
    await ask(spreader!)
    await ask(spreader!)
    expect((await table.all()).map(({SK}) => SK)).toEqual(['FILE', `USER#${spreader}`])
  })

  test('stays spread in a new attempt after a failure', async () => {
    await ask(first!)
    await ask(spreader!)
    await table.put({...await table.get(fileKey(fileId)), status: 'Failed', error: {code: 'X', message: 'x', retryable: true}})
    await ask(first!)
    expect(await table.get(fileKey(fileId))).toMatchObject({isSpread: true, status: 'Requested'})
  })

  test('tells a shard\'s user who comes after the download alone, once', async () => {
    await ask(first!)
    await table.put({...await table.get(fileKey(fileId)), isSpread: true, status: 'Downloaded'})
    await ask(second!)
    await ask(second!)
    expect((published() as {detail: {alreadyDownloaded?: true}}[]).filter(({detail}) => detail.alreadyDownloaded)).toHaveLength(1)
    expect(await table.get(shardUserKey(fileId, second!))).toEqual({...request(shardUserKey(fileId, second!), second!), announcedAt: now})
  })
})
