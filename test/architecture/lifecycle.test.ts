import {describe, expect, it} from '@jest/globals'
import {programFiles, read} from './sources'

const files = programFiles().filter((path) => path.startsWith('src/'))
const having = (pattern: RegExp): string[] => files.filter((path) => pattern.test(read(path)))

describe('What writes into the table', () => {
  it('has one place for changes of file records, which takes its expressions from their life\'s table', () => {
    expect(having(/\bUpdateExpression\b|\bupdateItem\(/)).toEqual([
      'src/lambdas/RequestFile/src/announce.ts', // that a user asked
      'src/lambdas/RequestFile/src/join-file.ts', // that a user asked
      'src/lambdas/SendPushNotification/src/ledger.ts', // that a push went out
      'src/util/files/transition.ts', // file records
      'src/util/hosts/host-state.ts' // hosts
    ])
  })

  it('has update expressions of its own only for other records', () => {
    expect(having(/['"`](?:SET|REMOVE|ADD) /).filter((path) => !path.startsWith('src/util/hosts/'))).toEqual([
      'src/lambdas/RequestFile/src/announce.ts', 'src/lambdas/RequestFile/src/join-file.ts', 'src/lambdas/SendPushNotification/src/ledger.ts'
    ])
  })

  it('knows the conditions of file records from the same table', () => {
    expect(having(/(?:correlationId|claimedBy) = :/)).toEqual(['src/util/files/lifecycle.ts'])
  })
})
