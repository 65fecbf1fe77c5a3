import {query} from '../../../lib/vendor/AWS/DynamoDB'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileStatus} from '../../../types/domain'
import {env} from '../../../util/env'
import {logger} from '../../../util/logger'
import {measureOldestUnfinished} from '../../../util/metrics'

const unfinished: readonly FileStatus[] = ['Requested', 'MetadataReady', 'Scheduled', 'Downloading']

/** When the file that waits longest in a status was due; a premiere that is still to come is not waiting. */
const oldestDue = async (status: FileStatus, now: string): Promise<readonly string[]> => {
  const {Items = []} = await query({
    TableName: env('TABLE_NAME'),
    IndexName: 'StatusIndex',
    KeyConditionExpression: '#status = :status AND availableAt <= :now',
    ExpressionAttributeNames: {'#status': 'status'},
    ExpressionAttributeValues: {':status': status, ':now': now},
    Limit: 1
  })
  return Items.map(({availableAt}) => String(availableAt))
}

export const handler = withXRay(async () => {
  const now = new Date().toISOString()
  const due = (await Promise.all(unfinished.map((status) => oldestDue(status, now)))).flat()
  const seconds = due.reduce((longest, at) => Math.max(longest, (Date.parse(now) - Date.parse(at)) / 1_000), 0)
  measureOldestUnfinished(seconds)
  logger.info('The backlog was measured.', {oldestUnfinishedSeconds: seconds})
  return {seconds}
})
