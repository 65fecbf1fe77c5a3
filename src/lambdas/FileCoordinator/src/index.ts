import {startExecution} from '../../../lib/vendor/AWS/StepFunctions'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileRecord, FileStatus} from '../../../types/domain'
import type {FileDownloadWorkflowInput} from '../../../types/workflow'
import {env} from '../../../util/env'
import {logger} from '../../../util/logger'
import {queryAll} from '../../../util/query-all'
import {settleEach, throwAny} from '../../../util/settle'

const waiting: readonly FileStatus[] = ['MetadataReady', 'Scheduled']
const concurrency = 10

async function* dueFiles(now: string): AsyncGenerator<FileRecord, void, undefined> {
  for (const status of waiting) {
    yield* queryAll<FileRecord>({
      TableName: env('TABLE_NAME'),
      IndexName: 'StatusIndex',
      KeyConditionExpression: '#status = :status AND availableAt <= :now',
      FilterExpression: 'attribute_not_exists(claimedBy)',
      ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':status': status, ':now': now}
    })
  }
}

/** The same input and the same claim as by the rule TriggerFileDownload, so both may start a file: one of them gets it. */
const startWorkflow = async ({fileId}: FileRecord): Promise<void> => {
  const input: FileDownloadWorkflowInput = {fileId}
  await startExecution({stateMachineArn: env('STATE_MACHINE_ARN'), input: JSON.stringify(input)})
}

export const handler = withXRay(async () => {
  let started = 0
  const errors = await settleEach(dueFiles(new Date().toISOString()), concurrency, async (file) => {
    await startWorkflow(file)
    started += 1
  })
  logger.info('Due files were handed to the workflow.', {started, failed: errors.length})
  throwAny(errors, `Expected to start every due file; ${errors.length} did not start`)
  return {started}
})
