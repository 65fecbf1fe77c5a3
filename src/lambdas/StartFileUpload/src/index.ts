import type {Context} from 'aws-lambda'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileRecord} from '../../../types/domain'
import type {EventDetails} from '../../../types/eventbridge'
import {startDeadline} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {parseEvent} from '../../../util/eventbridge-helpers'
import {getFile} from '../../../util/files/file-records'
import {politely} from '../../../util/hosts/host-lease'
import {type IdentifiedSource, identifySource} from '../../../util/sources/identify-source'
import {dropLooked, keepLooked, type LookedUpload} from '../../../util/transfer/keep-looked'
import {logger} from '../../../util/logger'
import {announceFailed, announceReady} from './announce'
import {storeExtras} from './extras'
import {afterFailure} from './failure'
import {recordIdentified} from './metadata'

/** Enough to record and to publish what came out. */
const marginMilliseconds = 10_000

const tooSlow = (): NamedError =>
  new NamedError('TransientSourceError', 'The source did not say what it has within four minutes. Try again later.')

type Found = IdentifiedSource & {readonly looked?: LookedUpload | undefined}

const find = async (file: FileRecord, signal: AbortSignal, context: Context): Promise<Found> => {
  const milliseconds = context.getRemainingTimeInMillis()
  const connection = {work: file.fileId, user: file.requestedBy ?? file.fileId, milliseconds, signal}
  let looked: LookedUpload | undefined
  const identified = await identifySource(new URL(file.sourceUrl), {
    preset: file.preset,
    audio: file.audio, isRecorded: file.record !== undefined, signal, visit: (at, work) => politely(at, connection, work),
    onMedia: async (source) => { looked = await keepLooked(file, source, {signal, milliseconds: context.getRemainingTimeInMillis()}) }
  })
  return {...identified, looked}
}

const recordFound = async (file: FileRecord, {extras, ...metadata}: Found, signal: AbortSignal): Promise<FileRecord | undefined> => {
  const recorded = await recordIdentified(file, {...metadata, ...extras && await storeExtras(file.fileId, extras, signal)})
  if (recorded === undefined && metadata.looked !== undefined) {
    await dropLooked(metadata.looked)
  }
  return recorded
}

const identify = async (file: FileRecord, context: Context): Promise<FileRecord | undefined> => {
  const deadline = startDeadline(context, marginMilliseconds, tooSlow())
  try {
    return await recordFound(file, await find(file, deadline.signal, context), deadline.signal)
  } catch (error) {
    return await afterFailure(file, error)
  } finally {
    deadline.end()
  }
}

const findRecord = async ({fileId, correlationId}: EventDetails['FileRequested']): Promise<FileRecord | undefined> => {
  const file = await getFile(fileId)
  return file?.correlationId === correlationId ? file : undefined
}

/** The record as this attempt has left it; undefined if the event is of another attempt. */
const currentRecord = async (detail: EventDetails['FileRequested'], context: Context): Promise<FileRecord | undefined> => {
  const file = await findRecord(detail)
  // A write whose answer is lost is refused when the SDK repeats it, as if another invocation had been first: the record says what is so.
  return file?.status === 'Requested' ? await identify(file, context) ?? findRecord(detail) : file
}

/** Publishes what the record says, also when the event comes again: the invocation that wrote it may have ended before it published. */
export const handler = withXRay(async (event: unknown, context: Context) => {
  const {detail} = parseEvent('FileRequested', event)
  const file = await currentRecord(detail, context)
  if ((file?.status === 'MetadataReady' || file?.status === 'Scheduled') && file.claimedBy === undefined) {
    await announceReady(file)
  } else if (file?.status === 'Failed' && file.title === undefined && file.error?.code !== 'CancelledError') {
    await announceFailed(file)
  } else {
    logger.info('Nothing to do for this request.', {status: file?.status})
  }
})
