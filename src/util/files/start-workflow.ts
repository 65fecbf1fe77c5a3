import {startExecution} from '../../lib/vendor/AWS/StepFunctions'
import type {FileDownloadWorkflowInput} from '../../types/workflow'
import {env} from '../env'

/**
 * Starts FileDownloadWorkflow for a file, as the rule TriggerFileDownload does. Safe to repeat: one execution gets the claim, the others
 * end.
 */
export const startWorkflow = async ({fileId}: FileDownloadWorkflowInput): Promise<void> => {
  const input: FileDownloadWorkflowInput = {fileId}
  await startExecution({stateMachineArn: env('STATE_MACHINE_ARN'), input: JSON.stringify(input)})
}
