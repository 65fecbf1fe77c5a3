import type {FileRecord} from '../../types/domain'
import type {Claim} from '../../types/workflow'
import {NamedError} from '../errors'
import {getFile} from './file-records'

/** The record of a file that the workflow's execution owns. */
export type ClaimedFile = FileRecord & {readonly claimedBy: string}

export const claimLost = (fileId: string): NamedError =>
  new NamedError('ClaimLostError', `Expected the execution to own file ${fileId}; another attempt has it, it was cancelled, or it is done.`)

/** The file's record. Throws ClaimLostError if the execution does not own it (any more). */
export const claimedFile = async ({fileId, correlationId, executionArn}: Claim): Promise<ClaimedFile> => {
  const file = await getFile(fileId)
  if (file?.claimedBy !== executionArn || file.correlationId !== correlationId) {
    throw claimLost(fileId)
  }
  return {...file, claimedBy: executionArn}
}
