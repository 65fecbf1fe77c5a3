import {describe, expect, test} from '@jest/globals'
import type {SQSEvent} from 'aws-lambda'
import {context} from '../../../../test/helpers/context'
import {filePartitions, oldPushKey, shardUserKey, spreadKey} from '../../../util/files/keys'
import {arnOf, changeMessageVisibility, completedEvent, device, fileId, handler, ledger, named, now, outcome, publish, queueUrl, sendMessage, sentRow, table, targets, user} from './fixture'

const users = (count: number): string[] => Array.from({length: count}, (_, index) => `user-${String(index).padStart(3, '0')}`)
const spread = (userId: string) => ({...user(userId), ...shardUserKey(fileId, userId)})
const sent = () => sendMessage.mock.calls.map(([{MessageBody = ''}]) => JSON.parse(MessageBody) as {userIds?: string[], partition?: string})
const batchOf = (...bodies: unknown[]) => ({Records: bodies.map((body, index) =>
  ({messageId: `m-${index}`, receiptHandle: `r-${index}`, eventSource: 'aws:sqs', attributes: {ApproximateReceiveCount: '1'}, body: typeof body === 'string' ? body : JSON.stringify(body)}))}) as unknown as SQSEvent

/** Hands each message to the function, and those that this makes, until there are none. */
const workOff = async (): Promise<void> => {
  while (sendMessage.mock.calls.length > 0) {
    const tasks = sent()
    sendMessage.mockClear()
    expect(await handler(batchOf(...tasks), context)).toMatchObject({batchItemFailures: []})
  }
}

describe('a file that more than a hundred want', () => {
  test('is told by the queue: the event asks for each partition, a partition for its users, a hundred a message', async () => {
    await table.put({...spreadKey(fileId)}, ...users(101).map(spread), device('user-007', 'phone'))
    expect(await handler(completedEvent, context)).toEqual({sent: 0})
    expect(sendMessage.mock.calls[0]?.[0].QueueUrl).toBe(queueUrl)
    expect(sent().map(({partition}) => partition).sort()).toEqual([...filePartitions(fileId)].sort())
    const {PK} = shardUserKey(fileId, 'user-007')
    const [task] = sent().filter(({partition}) => partition === PK)
    sendMessage.mockClear()
    expect(await handler(batchOf(task), context)).toEqual({sent: 0, batchItemFailures: []})
    const here = users(101).filter((userId) => shardUserKey(fileId, userId).PK === PK)
    expect(sent().map(({userIds}) => userIds)).toEqual([here])
    expect(await handler(batchOf(...sent()), context)).toEqual({sent: 1, batchItemFailures: []})
    expect(targets()).toEqual([arnOf('user-007', 'phone')])
  }, 30_000)

  test('is told to each once, also to users from before the partitions, however often event and messages come', async () => {
    const [first, second, ...others] = users(120)
    await table.put(user(first!), user(second!), {...spreadKey(fileId)}, ...others.map(spread), ...[first!, second!, others[0]!].map((userId) => device(userId, 'phone')))
    await handler(completedEvent, context)
    await handler(completedEvent, context)
    await workOff()
    expect(targets()).toEqual([first!, second!, others[0]!].map((userId) => arnOf(userId, 'phone')))
  }, 60_000)

  test('fills several messages where a partition has more than a hundred', async () => {
    const here = users(1_000).filter((userId) => shardUserKey(fileId, userId).PK === shardUserKey(fileId, 'user-000').PK)
    await table.put(...here.map(spread))
    await handler(batchOf({outcome: {fileId, name: outcome, notice: {}}, partition: shardUserKey(fileId, 'user-000').PK}), context)
    expect(here.length).toBeGreaterThan(100)
    expect(sent().map(({userIds}) => userIds?.length)).toEqual([100, here.length - 100])
    expect(sent().flatMap(({userIds = []}) => userIds).sort()).toEqual(here.toSorted())
  }, 60_000)
})

describe('of a batch', () => {
  const about = {outcome: {fileId, name: outcome, notice: {title: 'Done', body: 'Your video is ready', data: {fileId}}}}

  test('the messages that fail come again, and no others', async () => {
    await table.put(device('alice', 'phone'), device('bob', 'phone'), device('carol', 'phone'))
    publish.mockImplementation(async ({TargetArn}) => {
      if (TargetArn === arnOf('bob', 'phone')) {
        throw new Error('SNS is away')
      }
      return {}
    })
    const batch = batchOf({...about, userIds: ['alice']}, {...about, userIds: ['bob']}, {...about, userIds: ['carol']})
    expect(await handler(batch, context)).toEqual({sent: 2, batchItemFailures: [{itemIdentifier: 'm-1'}]})
    expect(await ledger()).toEqual([sentRow('alice', 'phone'), sentRow('carol', 'phone')])
    expect(changeMessageVisibility.mock.calls).toEqual([[{QueueUrl: queueUrl, ReceiptHandle: 'r-1', VisibilityTimeout: 10}]])
  })

  test.each([['1', 10], ['2', 20], ['6', 320], ['7', 360], ['15', 360]])('a message that fails for the %sth time waits for %i s', async (tries, seconds) => {
    const {Records: [record]} = batchOf('no JSON')
    await handler({Records: [{...record!, attributes: {...record!.attributes, ApproximateReceiveCount: tries}}]}, context)
    expect(changeMessageVisibility.mock.calls.map(([{VisibilityTimeout}]) => VisibilityTimeout)).toEqual([seconds])
  })

  test('a message that cannot be called back sooner comes again all the same', async () => {
    changeMessageVisibility.mockRejectedValue(named('ReceiptHandleIsInvalid'))
    expect(await handler(batchOf('no JSON', {...about, userIds: []}), context)).toEqual({sent: 0, batchItemFailures: [{itemIdentifier: 'm-0'}]})
  })

  test.each(['no JSON', 'null', '{}', JSON.stringify({...about, userIds: [1]}), JSON.stringify({outcome: {}, userIds: []})])(
    '%s is no task: it comes again, until it is a dead letter', async (body) => {
      expect(await handler(batchOf(body), context)).toEqual({sent: 0, batchItemFailures: [{itemIdentifier: 'm-0'}]})
    }
  )

  test('a partition for which no time is left is resumed by another message', async () => {
    const here = users(1_000).map(spread).filter(({PK}) => PK === shardUserKey(fileId, 'user-000').PK)
    await table.put(...here)
    const {PK} = shardUserKey(fileId, 'user-000')
    await handler(batchOf({...about, partition: PK}), {...context, getRemainingTimeInMillis: () => 19_999})
    const [, next] = sent()
    expect([sent().length, next]).toEqual([2, {...about, partition: PK, after: String(here[99]!.SK)}])
    await handler(batchOf(next), context)
    expect(sent().flatMap(({userIds = []}) => userIds)).toEqual(here.map(({SK}) => String(SK).replace('USER#', '')))
  }, 60_000)

  test('users for whom no time is left are told in the next try', async () => {
    await table.put(device('alice', 'phone'))
    const late = {...context, getRemainingTimeInMillis: () => 19_999}
    expect(await handler(batchOf({...about, userIds: ['alice']}), late)).toEqual({sent: 0, batchItemFailures: [{itemIdentifier: 'm-0'}]})
    expect(targets()).toEqual([])
  })
})

describe('a push of before users were spread over partitions', () => {
  const oldRow = (more: object) => ({...oldPushKey(fileId, 'alice', 'phone', outcome), ...more})

  test('is not sent again', async () => {
    await table.put(user('alice'), device('alice', 'phone'), oldRow({state: 'sent', sentAt: now}))
    expect(await handler(completedEvent, context)).toEqual({sent: 0})
  })

  test('is left to the invocation that is at it', async () => {
    await table.put(user('alice'), device('alice', 'phone'), oldRow({state: 'sending', leaseUntil: '2025-11-23T10:00:10.001Z'}))
    await expect(handler(completedEvent, context)).rejects.toThrow(expect.objectContaining({name: 'PushFailedError'}))
  })

  test('is sent where that invocation died', async () => {
    await table.put(user('alice'), device('alice', 'phone'), oldRow({state: 'sending', leaseUntil: '2025-11-23T10:00:09.999Z'}))
    expect(await handler(completedEvent, context)).toEqual({sent: 1})
  })
})
