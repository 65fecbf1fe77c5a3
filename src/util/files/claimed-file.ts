import type {FileRecord} from '../../types/domain'
import type {Claim} from '../../types/workflow'
import {NamedError} from '../errors'
import {changeFile, getFile} from './file-records'

/** The record of a file that the workflow's execution owns. */
export type ClaimedFile = FileRecord & {readonly claimedBy: string}

export const claimLost = (fileId: string): NamedError =>
  new NamedError('ClaimLostError', `Expected the execution to own file ${fileId}; another attempt has it, it was cancelled, or it is done.`)

/** The file's record. Throws ClaimLostError where the execution does not own it (any more). */
export const claimedFile = async ({fileId, correlationId, executionArn}: Claim): Promise<ClaimedFile> => {
  const file = await getFile(fileId)
  if (file?.claimedBy !== executionArn || file.correlationId !== correlationId) {
    throw claimLost(fileId)
  }
  return {...file, claimedBy: executionArn}
}

/** Changes the record as long as the execution owns it and the file is not done, and answers it as it is then. Throws ClaimLostError. */
export const changeClaimed = async (
  {fileId, claimedBy, correlationId}: ClaimedFile, update: string, values: Readonly<Record<string, unknown>>
): Promise<ClaimedFile> => {
  const changed = await changeFile(fileId, {
    update: `SET updatedAt = :now, ${update}`,
    where: 'claimedBy = :claimedBy AND correlationId = :correlationId AND #status <> :downloaded',
    values: {':now': new Date().toISOString(), ':claimedBy': claimedBy, ':correlationId': correlationId, ':downloaded': 'Downloaded', ...values}
  })
  if (changed === undefined) {
    throw claimLost(fileId)
  }
  return {...changed, claimedBy}
}

/** Sets what of the record is given, as `changeClaimed` does. */
export const setClaimed = (file: ClaimedFile, members: Partial<FileRecord>): Promise<ClaimedFile> => {
  const entries = Object.entries(members)
  return changeClaimed(file, entries.map(([name]) => `#${name} = :${name}`).join(', '), Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])))
}

/** From when on the workflow may look again, for its RescheduleTransfer, and why not before. */
export const recordAvailableAt = async (file: ClaimedFile, availableAt: string, why: Pick<FileRecord, 'waiting' | 'playlist'>): Promise<void> => {
  await setClaimed(file, {availableAt, ...why})
}
