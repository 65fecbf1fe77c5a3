import {getItem} from '../../../lib/vendor/AWS/DynamoDB'
import {env} from '../../../util/env'
import type {TableKey} from '../../../util/files/keys'

/**
 * How a push of before there were shards stands: it was sent, or an invocation from before an update is at it; undefined if it is still to
 * be sent.
 */
export const oldPushState = async (key: TableKey): Promise<'sent' | 'busy' | undefined> => {
  const {Item: {state, leaseUntil} = {}} = await getItem({TableName: env('TABLE_NAME'), Key: key, ConsistentRead: true})
  if (state === 'sent') {
    return 'sent'
  }
  return String(leaseUntil ?? '') >= new Date().toISOString() ? 'busy' : undefined
}
