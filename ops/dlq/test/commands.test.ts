import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import {type Choice, groupLetters, purge, readLetters, redrive} from '../commands'
import type {Letter} from '../letter'
import type {Mailbox} from '../mailbox'
import type {Post} from '../post'

const letter = (messageId: string, more: Partial<Letter> = {}): Letter => ({
  queue: 'StartFileUpload-failed', messageId, receipt: `r-${messageId}`, since: '2025-11-23T10:00:00.000Z', from: 'StartFileUpload',
  error: 'EventPublishError', reason: '', attempts: 3, event: 'FileRequested', fileId: `file-${messageId}`, targetArn: 'arn:function', payload: {}, ...more
})

let queued: Letter[]
let putBack: string[]
let removed: string[]
const mailbox: Mailbox = {
  take: async (queue, limit) => queued.filter((each) => each.queue === queue).slice(0, limit),
  putBack: async (letters) => { putBack.push(...letters.map(({messageId}) => messageId)) },
  remove: async ({messageId}) => { removed.push(messageId) }
}
const post = jest.fn<Post>()
const all: Choice = {queues: ['StartFileUpload-failed', 'FileRequested-undelivered'], limit: 1000}

beforeEach(() => {
  queued = [
    letter('1'),
    letter('2', {error: 'EnvironmentError', since: '2025-11-23T09:00:00.000Z'}),
    letter('3'),
    letter('4', {queue: 'FileRequested-undelivered', from: 'FileRequested', error: 'NO_PERMISSIONS'})
  ]
  putBack = []
  removed = []
  post.mockReset().mockResolvedValue()
})

describe('reading', () => {
  test('leaves every letter where it is', async () => {
    expect((await readLetters(mailbox, all)).map(({messageId}) => messageId)).toEqual(['1', '2', '3', '4'])
    expect({putBack, removed}).toEqual({putBack: ['1', '2', '3', '4'], removed: []})
  })

  test.each<[Partial<Choice>, string[]]>([
    [{error: 'EventPublishError'}, ['1', '3']],
    [{fileId: 'file-2'}, ['2']],
    [{event: 'FileRequested', error: 'NO_PERMISSIONS'}, ['4']],
    [{event: 'FileDownloadCompleted'}, []],
    [{queues: ['FileRequested-undelivered']}, ['4']],
    [{limit: 1}, ['1', '4']]
  ])('by %j finds %j', async (choice, expected) => {
    expect((await readLetters(mailbox, {...all, ...choice})).map(({messageId}) => messageId)).toEqual(expected)
  })

  test('groups by rule or function, error and event, the largest first', () => {
    expect(groupLetters(queued)).toEqual([
      {queue: 'StartFileUpload-failed', from: 'StartFileUpload', error: 'EventPublishError', event: 'FileRequested', count: 2, oldest: '2025-11-23T10:00:00.000Z', fileIds: ['file-1', 'file-3']},
      {queue: 'StartFileUpload-failed', from: 'StartFileUpload', error: 'EnvironmentError', event: 'FileRequested', count: 1, oldest: '2025-11-23T09:00:00.000Z', fileIds: ['file-2']},
      {queue: 'FileRequested-undelivered', from: 'FileRequested', error: 'NO_PERMISSIONS', event: 'FileRequested', count: 1, oldest: '2025-11-23T10:00:00.000Z', fileIds: ['file-4']}
    ])
  })
})

describe('redriving', () => {
  test('sends what is meant, removes it and puts the others back', async () => {
    const {sent, left} = await redrive(mailbox, post, {...all, error: 'EventPublishError'}, 'target')
    expect({sent: sent.map(({messageId}) => messageId), left}).toEqual({sent: ['1', '3'], left: []})
    expect({removed, putBack: [...putBack].sort(), posted: post.mock.calls.map(([{messageId}, way]) => `${messageId} ${way}`)})
      .toEqual({removed: ['1', '3'], putBack: ['2', '4'], posted: ['1 target', '3 target']})
  })

  test('keeps what was not taken, and continues with the others', async () => {
    post.mockImplementation(async ({messageId}) => {
      if (messageId === '1') {
        throw new Error('Function not found.')
      }
    })
    const {sent, left} = await redrive(mailbox, post, all, 'bus')
    expect({sent: sent.map(({messageId}) => messageId).sort(), left: left.map((each) => [each.letter.messageId, each.why])})
      .toEqual({sent: ['2', '3', '4'], left: [['1', 'Function not found.']]})
    expect({removed: [...removed].sort(), putBack}).toEqual({removed: ['2', '3', '4'], putBack: ['1']})
  })

  test('leaves a letter that was sent but could not be removed: sent twice it has one effect', async () => {
    const stuck = {...mailbox, remove: async () => { throw new Error('Access denied.') }}
    const {left} = await redrive(stuck, post, {...all, fileId: 'file-1'}, 'target')
    expect(left.map(({why}) => why)).toEqual(['Access denied.'])
    expect(putBack).toContain('1')
  })
})

describe('purging', () => {
  test('removes what is meant and nothing else', async () => {
    expect((await purge(mailbox, {...all, error: 'EnvironmentError'})).map(({messageId}) => messageId)).toEqual(['2'])
    expect({removed, putBack: [...putBack].sort()}).toEqual({removed: ['2'], putBack: ['1', '3', '4']})
  })

  test('puts everything back where removing fails', async () => {
    const stuck = {...mailbox, remove: async () => { throw new Error('Access denied.') }}
    await expect(purge(stuck, {...all, queues: ['FileRequested-undelivered']})).rejects.toThrow('Access denied.')
    expect(putBack).toEqual(['4'])
  })
})
