import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileUserRecord} from '../../../types/file-user'
import {devicesOf} from '../../../util/device-records'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {parseEvent, type ParsedEvent} from '../../../util/eventbridge-helpers'
import {getFile} from '../../../util/file-records'
import {fileKey, fileUserPrefix} from '../../../util/keys'
import {logger} from '../../../util/logger'
import {countSettled} from '../../../util/metrics'
import {queryAll} from '../../../util/query-all'
import {settleEach, throwAny} from '../../../util/settle'
import {outcomeOf, outcomeOfRecord, type Outcome} from './notice'
import {pushOnce} from './push'

type Recipient = Pick<FileUserRecord, 'userId'>

const usersAtOnce = 20
const devicesAtOnce = 5

const usersOf = (fileId: string): AsyncGenerator<FileUserRecord, void, undefined> => queryAll<FileUserRecord>({
  TableName: env('TABLE_NAME'),
  KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)',
  ExpressionAttributeValues: {':file': fileKey(fileId).PK, ':users': fileUserPrefix},
  ConsistentRead: true
})

/** Tells every device of the users; a device that fails keeps none of the others from its push. */
const tell = async (users: Iterable<Recipient> | AsyncIterable<Recipient>, outcome: Outcome): Promise<number> => {
  let sent = 0
  const errors = await settleEach(users, usersAtOnce, async ({userId}) => {
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

/** Whoever asked while the file was on its way is told by its outcome; whoever asked later, now. */
const tellLateUser = async ({detail: {fileId, userId}}: ParsedEvent<'FileRequested'>): Promise<number> => {
  const file = await getFile(fileId)
  const outcome = file && outcomeOfRecord(file)
  return outcome === undefined ? 0 : tell([{userId}], outcome)
}

const tellAll = async (event: ParsedEvent<'FileDownloadCompleted' | 'FileDownloadFailed'>): Promise<number> => {
  // The workflow has no code to count what it records as failed: here every outcome passes.
  countSettled(event.detailType === 'FileDownloadFailed' ? event.detail.errorCode : undefined)
  const outcome = await outcomeOf(event)
  return tell(usersOf(outcome.fileId), outcome)
}

export const handler = withXRay(async (event: unknown) => {
  const parsed = parseEvent(['FileDownloadCompleted', 'FileDownloadFailed', 'FileRequested'], event)
  const sent = await (parsed.detailType === 'FileRequested' ? tellLateUser(parsed) : tellAll(parsed))
  logger.info('The users of a file were told.', {event: parsed.detailType, sent})
  return {sent}
})
