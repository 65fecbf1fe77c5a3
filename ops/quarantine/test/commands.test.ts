import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import {contractVersion} from '../../../shared/contracts/version'
import type {Letter} from '../../dlq/letter'
import type {Post} from '../../dlq/post'
import {fixCase, readCases, reinject, type Case, type Ward} from '../commands'
import type {Envelope} from '../refused'
import {contract, detail, envelope, letter} from './sample'

let queued: Letter[]
let putBack: string[]
let removed: string[]
let added: Array<{messageId: string, more: unknown}>
const post = jest.fn<Post>()
const ward: Ward = {
  queues: ['MeasureFile-failed', 'CountFile-failed'],
  contracts: [contract],
  mailbox: {
    take: async (queue) => queued.filter((each) => each.queue === queue),
    putBack: async (letters) => { putBack.push(...letters.map(({messageId}) => messageId)) },
    remove: async ({messageId}) => { removed.push(messageId) },
    addTo: async ({messageId}, more) => { added.push({messageId, more}) }
  }
}
const version = contractVersion(contract.schema)
const right = {...detail, size: 7}
const other = (id: string, more: Partial<Envelope> = {}): Partial<Letter> => ({payload: envelope({id, ...more}), reason: `Event ${id} does not fit.`})
const first = (cases: readonly Case[]): Case => cases[0]!
const all = (cases: readonly Case[]): readonly Case[] => cases

beforeEach(() => {
  queued = [letter('1'), letter('2', {queue: 'CountFile-failed', from: 'CountFile'}), letter('3', {error: 'PushFailedError'})]
  putBack = []
  removed = []
  added = []
  post.mockReset().mockResolvedValue()
})

describe('reading', () => {
  test('leaves every letter where it is', async () => {
    expect((await readCases(ward)).map(({refused: {id}, judgement}) => ({id, judgement})))
      .toEqual([{id: 'event-1', judgement: {state: 'unfit', why: ['detail.size must be integer'], version}}])
    expect({putBack: putBack.sort(), removed}).toEqual({putBack: ['1', '2', '3'], removed: []})
  })

  test.each<[string, Partial<Letter>, string, string]>([
    ['fits the contract of today', other('e', {detail: right}), 'ready', 'it fits the contract of today as it is'],
    ['was fixed', {fix: {detail: right, since: '2025-11-22T00:00:00.000Z'}}, 'ready', 'it was fixed'],
    ['has no contract any more', other('e', {'detail-type': 'FileLost'}), 'stuck', 'FileLost is no event of ours today'],
    ['was replayed', other('e', {'replay-name': 'Look'}), 'stuck', 'it comes from the replay Look: replay again, for the bus would take it for a live event'],
    ['has another source', other('e', {source: 'somebody.else'}), 'stuck', 'its source is \'somebody.else\', not \'mediadownloader.sample\': look at who published it'],
    ['came to the wrong function', {error: 'UnknownEventError'}, 'stuck',
      'MeasureFile did not take a FileSampled: correct rule or function, then npm run dlq -- redrive MeasureFile-failed --error UnknownEventError']
  ])('judges an event that %s', async (_what, more, state, why) => {
    queued = [letter('1', more)]
    expect((await readCases(ward)).map(({judgement}) => ({state: judgement.state, why: judgement.why}))).toEqual([{state, why: [why]}])
  })
})

describe('fixing', () => {
  const now = new Date('2025-11-24T00:00:00.000Z')

  test('writes the fix to every letter of the event', async () => {
    expect(await fixCase(ward, first, async () => right, now)).toMatchObject({id: 'event-1', fixed: right})
    const more = {fix: {detail: right, since: '2025-11-23T10:00:00.000Z', at: now.toISOString()}}
    expect({added, putBack}).toEqual({added: [{messageId: '1', more}, {messageId: '2', more}], putBack: ['3']})
  })

  test('writes nothing that the contract does not take', async () => {
    await expect(fixCase(ward, first, async () => ({...right, fileId: 'other'}), now))
      .rejects.toThrow('Expected a fix of FileSampled that its contract takes: detail.fileId was right and must stay "abc".')
    expect({added, putBack: putBack.sort()}).toEqual({added: [], putBack: ['1', '2', '3']})
  })

  test('is refused where it would not help', async () => {
    queued = [letter('1', {error: 'UnknownEventError'})]
    await expect(fixCase(ward, first, async () => right, now)).rejects.toThrow('Expected an event that a fix can help; with event-1 MeasureFile did not take a FileSampled')
    expect(putBack).toEqual(['1'])
  })
})

describe('reinjecting', () => {
  const fix = {detail: right, since: '2025-11-22T00:00:00.000Z'}

  test('publishes an event once for all its letters, fixed, and then they are gone', async () => {
    queued = queued.map((each) => ({...each, fix}))
    const {published, left} = await reinject(ward, post, all)
    expect({published: published.map(({id}) => id), left, removed, putBack}).toEqual({published: ['event-1'], left: [], removed: ['1', '2'], putBack: ['3']})
    expect(post.mock.calls.map(([{payload}, way]) => ({payload, way}))).toEqual([{payload: envelope({detail: right}), way: 'bus'}])
  })

  test('publishes an event as it is where it fits by now', async () => {
    queued = [letter('1', other('e', {detail: right}))]
    await reinject(ward, post, all)
    expect(post.mock.calls.map(([{payload}]) => payload)).toEqual([envelope({id: 'e', detail: right})])
  })

  test('leaves what does not fit, and what the bus does not take', async () => {
    queued = [letter('1'), letter('2', {...other('e', {detail: right}), since: '2025-11-24T00:00:00.000Z'}), letter('3', {...other('f', {detail: right}), since: '2025-11-25T00:00:00.000Z'})]
    post.mockRejectedValueOnce(new Error('The bus is away.'))
    const {published, left} = await reinject(ward, post, all)
    expect({published: published.map(({id}) => id), left: left.map(({refused: {id}, why}) => `${id}: ${why}`), removed, putBack: putBack.sort()}).toEqual({
      published: ['f'], left: ['event-1: detail.size must be integer', 'e: The bus is away.'], removed: ['3'], putBack: ['1', '2']
    })
  })
})
