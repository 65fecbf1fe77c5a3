import {describe, expect, test} from '@jest/globals'
import {fileKey, filePartitions, fileShards, fileUserKey, isFilePartition, oldPushKey, pushKey, shardUserKey, spreadKey, spreadsFiles} from '../keys'

const users = Array.from({length: 20_000}, (_, index) => `user-${index}`)

describe('the users of a file that is spread', () => {
  test('are spread evenly over eight partitions', () => {
    const counts = new Map<string, number>()
    for (const {PK} of users.map((user) => shardUserKey('a', user))) {
      counts.set(PK, (counts.get(PK) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(fileShards('a'))
    expect(Math.max(...counts.values())).toBeLessThan(1.2 * users.length / 8)
  })

  test('stay where they are: a user\'s partition is the same in every version', () => {
    expect(['alice', 'bob', 'auth0|5f7c', 'ünï'].map((user) => shardUserKey('youtube-dQw4w9WgXcQ', user))).toEqual([
      {PK: 'FILE#youtube-dQw4w9WgXcQ#07', SK: 'USER#alice'}, {PK: 'FILE#youtube-dQw4w9WgXcQ#00', SK: 'USER#bob'},
      {PK: 'FILE#youtube-dQw4w9WgXcQ#06', SK: 'USER#auth0|5f7c'}, {PK: 'FILE#youtube-dQw4w9WgXcQ#02', SK: 'USER#ünï'}
    ])
  })

  test('have their pushes beside them', () => {
    expect(pushKey('a', 'alice', 'phone', 'done').PK).toBe(shardUserKey('a', 'alice').PK)
  })

  test('of before are in the file\'s own partition, with their pushes', () => {
    expect([fileUserKey('a', 'alice'), oldPushKey('a', 'alice', 'phone', 'done')])
      .toEqual([{PK: 'FILE#a', SK: 'USER#alice'}, {PK: 'FILE#a', SK: 'PUSH#alice#phone#done'}])
    expect(filePartitions('a')).toEqual([fileKey('a').PK, ...fileShards('a')])
  })

  test('are one in eight of those who spread it, in every shard', () => {
    const spreading = users.filter(spreadsFiles)
    expect(spreading.length / users.length).toBeCloseTo(1 / 8, 2)
    expect(new Set(spreading.map((user) => shardUserKey('a', user).PK)).size).toBe(8)
  })

  test.each(['', 'a', '#', '~', 'ünï', '\u{10ffff}'])('sort before the mark that it is: %p', (user) => {
    expect(Buffer.compare(Buffer.from(spreadKey('a').SK), Buffer.from(fileUserKey('a', user).SK))).toBe(1)
  })

  test.each([['FILE#a', true], ['FILE#a#00', true], ['FILE#a#0', false], ['FILE#a#000', false], ['FILE#', false], ['HOST#a', false], ['FILE#a/b', false]])(
    '%s is a partition of a file: %p', (text, expected) => {
      expect(isFilePartition(text)).toBe(expected)
    }
  )
})
