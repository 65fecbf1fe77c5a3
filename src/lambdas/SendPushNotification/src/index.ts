import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileUserRecord} from '../../../types/domain'
import {devicesOf} from '../../../util/device-records'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {parseEvent} from '../../../util/eventbridge-helpers'
import {fileKey, fileUserPrefix} from '../../../util/keys'
import {logger} from '../../../util/logger'
import {countSettled} from '../../../util/metrics'
import {queryAll} from '../../../util/query-all'
import {settleEach, throwAny} from '../../../util/settle'
import {outcomeOf, type Outcome} from './notice'
import {pushOnce} from './push'

const usersAtOnce = 20
const devicesAtOnce = 5

const usersOf = (fileId: string): AsyncGenerator<FileUserRecord, void, undefined> => queryAll<FileUserRecord>({
  TableName: env('TABLE_NAME'),
  KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)',
  ExpressionAttributeValues: {':file': fileKey(fileId).PK, ':users': fileUserPrefix},
  ConsistentRead: true
})

/** Tells every device of every user; a device that fails keeps none of the others from its push. */
const tellAll = async (outcome: Outcome): Promise<number> => {
  let sent = 0
  const errors = await settleEach(usersOf(outcome.fileId), usersAtOnce, async ({userId}) => {
    throwAny(await settleEach(await devicesOf(userId), devicesAtOnce, async (device) => {
      if (await pushOnce(device, outcome)) {
        sent += 1
      }
    }), `Expected to reach every device of user ${userId}`)
  })
  if (errors.length > 0) {
    throw new NamedError('PushFailedError', `Expected to tell every user of file ${outcome.fileId}; ${errors.length} could not be told, ${sent} pushes went out.`,
      {cause: new AggregateError(errors)})
  }
  return sent
}

export const handler = withXRay(async (event: unknown) => {
  const parsed = parseEvent(['FileDownloadCompleted', 'FileDownloadFailed'], event)
  // The workflow has no code to count what it records as failed: here every outcome passes.
  countSettled(parsed.detailType === 'FileDownloadFailed' ? parsed.detail.errorCode : undefined)
  const outcome = await outcomeOf(parsed)
  const sent = await tellAll(outcome)
  logger.info('The users of a file were told.', {outcome: outcome.name, sent})
  return {sent}
})
