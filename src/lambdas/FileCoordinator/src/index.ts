import {startExecution} from '../../../lib/vendor/AWS/StepFunctions'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileRecord} from '../../../types/domain'
import type {FileDownloadWorkflowInput} from '../../../types/workflow'
import {env} from '../../../util/env'
import {logger} from '../../../util/logger'
import {settleEach, throwAny} from '../../../util/settle'
import {dueFiles, leftFiles} from './due-files'
import {requestAgain} from './request-again'

const concurrency = 10

/** The same input and the same claim as by the rule TriggerFileDownload, so both may start a file: one of them gets it. */
const startWorkflow = async ({fileId}: FileRecord): Promise<void> => {
  const input: FileDownloadWorkflowInput = {fileId}
  await startExecution({stateMachineArn: env('STATE_MACHINE_ARN'), input: JSON.stringify(input)})
}

interface Done {
  readonly count: number
  readonly errors: readonly unknown[]
}

const forEach = async (files: AsyncGenerator<FileRecord>, work: (file: FileRecord) => Promise<void>): Promise<Done> => {
  let count = 0
  const errors = await settleEach(files, concurrency, async (file) => {
    await work(file)
    count += 1
  })
  return {count, errors}
}

export const handler = withXRay(async () => {
  const due = await forEach(dueFiles(), startWorkflow)
  const left = await forEach(leftFiles(), requestAgain)
  const errors = [...due.errors, ...left.errors]
  logger.info('Due files were handed on.', {started: due.count, requestedAgain: left.count, failed: errors.length})
  throwAny(errors, `Expected to hand on every due file; ${errors.length} were not`)
  return {started: due.count, requestedAgain: left.count}
})
