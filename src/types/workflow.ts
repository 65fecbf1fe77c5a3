/** Input of `FileDownloadWorkflow`: by rule `TriggerFileDownload` and by a manual `startExecution` alike. */
export interface FileDownloadWorkflowInput {
  readonly fileId: string
}

/** What the state `TransferFile` hands to the Lambda. */
export interface TransferFileInput {
  readonly fileId: string
  readonly correlationId: string
  /** ARN of the execution; must equal the record's `claimedBy`. */
  readonly executionArn: string
}

/** What the Lambda `TransferFile` returns once the object is complete in S3. */
export interface TransferFileOutput {
  readonly fileId: string
  readonly s3Key: string
  readonly size: number
  readonly contentType: string
}

/** What WebhookFeedly and FileCoordinator hand to RequestFile by Lambda Invoke. */
export interface RequestFileInput {
  readonly userId: string
  readonly url: string
  /** One of the presets of `POST /files`; absent for `best`. */
  readonly preset?: string
  readonly correlationId: string
}

/** What RequestFile answers to a direct invocation. */
export interface RequestFileOutput {
  readonly statusCode: number
  readonly body: string
}
