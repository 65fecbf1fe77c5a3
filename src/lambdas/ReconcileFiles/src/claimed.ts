import {describeExecution} from '../../../lib/vendor/AWS/StepFunctionsExecutions'
import type {FileRecord} from '../../../types/domain'
import {unlessNamed} from '../../../util/aws-errors'
import {lifecycle} from '../../../util/files/lifecycle'
import {startWorkflow} from '../../../util/files/start-workflow'
import {completeAgain} from './complete-again'
import {type Drift, isOlderThan, patience} from './drift'
import {filesIn} from './files'
import {isWhole, lookAt} from './objects'

const statuses = ['MetadataReady', 'Scheduled', 'Downloading'] as const

/** Of one attempt: what fails more often has a cause that no new execution repairs. */
const maxRecoveries = 3

const readStatus = async (executionArn: string): Promise<string> => {
  const execution = await unlessNamed('ExecutionDoesNotExist', describeExecution({executionArn}))
  return execution === undefined ? 'gone' : execution.status ?? 'UNKNOWN'
}

/**
 * Gives the file to a new execution, unless someone has moved it on meanwhile. Its upload stays in the record: the transfer discards it, or
 * continues with it.
 */
const recover = async (file: FileRecord): Promise<void> => {
  const {fileId, claimedBy, recoveries = 0} = file
  if (recoveries >= maxRecoveries) {
    throw new Error(
      `Expected file ${fileId} to come home within ${maxRecoveries} more executions; the last, ${claimedBy}, ended as well.`
        + ' Look at its history.'
    )
  }
  const released = await lifecycle.recovered(file, {availableAt: new Date().toISOString()})
  if (released !== undefined) {
    await startWorkflow({fileId})
  }
}

const unclaimed = (file: FileRecord): Drift => ({
  kind: 'metadata-without-execution', fileId: file.fileId, since: file.updatedAt, detail: `${file.status}, and no execution has claimed it`,
  repair: () => startWorkflow(file)
})

const abandoned = async (file: FileRecord, claimedBy: string): Promise<Drift | undefined> => {
  const status = await readStatus(claimedBy)
  if (status === 'RUNNING') {
    return undefined
  }
  const found = {fileId: file.fileId, since: file.updatedAt}
  const {s3Key} = file
  return s3Key !== undefined && isWhole(await lookAt(s3Key), file)
    ? {...found, kind: 'object-without-completion', detail: `${file.status}, though ${s3Key} is whole`, repair: () => completeAgain(s3Key)}
    : {...found,
        kind: 'claim-without-execution', detail: `${file.status}, claimed by an execution that is ${status}`, repair: () => recover(file)}
}

const findDrift = async (file: FileRecord): Promise<Drift | undefined> => {
  if (file.claimedBy === undefined) {
    return file.status === 'Downloading'
      ? {kind: 'claim-without-execution',
          fileId: file.fileId, since: file.updatedAt, detail: 'Downloading, claimed by no one', repair: () => recover(file)}
      : unclaimed(file)
  }
  return abandoned(file, file.claimedBy)
}

/** A claimed file that waits for its time is looked at in a whole sweep alone: there may be many, and each costs a call. */
const isSuspect = (file: FileRecord, isWhole: boolean): boolean =>
  isOlderThan(file.updatedAt, patience.working)
  && (isWhole || file.claimedBy === undefined || file.status === 'Downloading' || Date.parse(file.availableAt) <= Date.now())

/** Files past their metadata on which no execution works. */
export async function* abandonedFiles(isWhole: boolean): AsyncGenerator<Drift, void, undefined> {
  for (const status of statuses) {
    for await (const file of filesIn(status)) {
      const drift = isSuspect(file, isWhole) ? await findDrift(file) : undefined
      if (drift !== undefined) {
        yield drift
      }
    }
  }
}
