import {putItem} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../../types/domain'
import {unlessRefused} from '../../../util/files/conditions'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {getFile} from '../../../util/files/file-records'
import {fileKey} from '../../../util/files/keys'
import {requests} from '../../../util/files/lifecycle'
import type {FileRequest} from './request'

// Each lost race means that someone else moved the file on, so a few looks suffice.
const maxRaces = 5

/** Lease for announcing an attempt; equals the function's timeout. */
export const announcingUntil = (milliseconds: number): string => new Date(milliseconds + 15_000).toISOString()

const newAttempt = ({fileId, sourceUrl, preset, audio, record, userId, correlationId, requestedAt}: FileRequest): FileRecord => ({
  fileId, sourceUrl, preset: preset === 'best' ? undefined : preset, audio, record, requestedBy: userId, status: 'Requested', correlationId,
  requestedAt,
  announcingUntil: announcingUntil(Date.parse(requestedAt)),
  availableAt: requestedAt, updatedAt: requestedAt
})

/**
 * What of a failed attempt the next one can continue with: the parts that are in S3, if the failure was one that passes; and where its
 * users are.
 */
const pickReusable = ({error, ranged, isSpread}: Partial<FileRecord> = {}): Pick<FileRecord, 'ranged' | 'isSpread'> =>
  ({ranged: error?.retryable ? ranged : undefined, isSpread})

/** Writes the whole item, so that nothing else of a failed attempt survives it; undefined if another request was first. */
const begin = async (request: FileRequest, failed?: FileRecord): Promise<FileRecord | undefined> => {
  const file = {...newAttempt(request), ...pickReusable(failed)}
  const written = await unlessRefused(putItem({
    TableName: env('TABLE_NAME'),
    Item: {...fileKey(file.fileId), ...file},
    ...(failed === undefined
      ? {ConditionExpression: requests.requested.where, ExpressionAttributeValues: {':now': Math.floor(Date.now() / 1000)}}
      : {
          ConditionExpression: requests.requestedAgain.where,
          ExpressionAttributeNames: {'#status': 'status'},
          ExpressionAttributeValues: {':Failed': 'Failed', ':correlationId': failed.correlationId}
        })
  }))
  return written && file
}

const isOver = (file: FileRecord | undefined): boolean => file === undefined || file.status === 'Failed'

/**
 * The file's record: a new one, the one under way or done, or a new attempt if the last one failed. Of a file that was under way before
 * the user joined, it is read once more: the function that notifies users of its completion looks for them only then.
 */
export const currentAttempt = async (request: FileRequest, before: FileRecord | undefined): Promise<FileRecord> => {
  let known = isOver(before) ? before : await getFile(request.fileId)
  for (let race = 0; race < maxRaces; race++) {
    if (known !== undefined && known.status !== 'Failed') {
      return known
    }
    const begun = await begin(request, known)
    if (begun !== undefined) {
      return begun
    }
    known = await getFile(request.fileId)
  }
  throw new NamedError('ClaimLostError', `Expected to find or begin file ${request.fileId}; others changed it ${maxRaces} times meanwhile.`)
}
