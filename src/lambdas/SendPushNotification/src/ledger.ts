import {deleteItem, getItem, putItem, updateItem} from '../../../lib/vendor/AWS/DynamoDB'
import {unlessRefused} from '../../../util/files/conditions'
import {env} from '../../../util/env'
import type {TableKey} from '../../../util/files/keys'

// Longer than a push can take (vendor/AWS/SNS), shorter than the minute after which Lambda tries a failed event again.
const leaseSeconds = 45
// Longer than the archive, so that a replay of its oldest event still finds what was sent.
const keepSeconds = 120 * 86_400

/** A push that this invocation alone may send until its lease ends. */
export interface Claim {
  readonly key: TableKey
  readonly leaseUntil: string
}

const isoIn = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString()
const epochIn = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds

/** Claims a push: a claim, or that it was sent, or that another invocation is at it. */
export const claimPush = async (key: TableKey): Promise<Claim | 'sent' | 'busy'> => {
  const leaseUntil = isoIn(leaseSeconds)
  const written = await unlessRefused(putItem({
    TableName: env('TABLE_NAME'),
    Item: {...key, state: 'sending', leaseUntil, expiresAt: epochIn(keepSeconds)},
    ConditionExpression: 'attribute_not_exists(PK) OR (#state = :sending AND leaseUntil < :now)',
    ExpressionAttributeNames: {'#state': 'state'},
    ExpressionAttributeValues: {':sending': 'sending', ':now': isoIn(0)}
  }))
  if (written !== undefined) {
    return {key, leaseUntil}
  }
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: key, ConsistentRead: true})
  return Item?.state === 'sent' ? 'sent' : 'busy'
}

/** Notes that the push went out. */
export const markSent = async ({key}: Claim): Promise<void> => {
  await updateItem({
    TableName: env('TABLE_NAME'),
    Key: key,
    UpdateExpression: 'SET #state = :sent, sentAt = :now, expiresAt = :expiresAt REMOVE leaseUntil',
    ExpressionAttributeNames: {'#state': 'state'},
    ExpressionAttributeValues: {':sent': 'sent', ':now': isoIn(0), ':expiresAt': epochIn(keepSeconds)}
  })
}

/** Gives a claim back, so that the next try may send at once; not one that another invocation has taken over. */
export const releasePush = async ({key, leaseUntil}: Claim): Promise<void> => {
  await unlessRefused(deleteItem({
    TableName: env('TABLE_NAME'),
    Key: key,
    ConditionExpression: 'leaseUntil = :leaseUntil',
    ExpressionAttributeValues: {':leaseUntil': leaseUntil}
  }))
}
