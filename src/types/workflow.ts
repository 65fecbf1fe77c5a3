/** Input of `FileDownloadWorkflow`: by rule `TriggerFileDownload` and by a manual `startExecution` alike. */
export interface FileDownloadWorkflowInput {
  readonly fileId: string
}

/** By what a task of the workflow shows that the file is its own. */
export interface Claim {
  readonly fileId: string
  readonly correlationId: string
  /** ARN of the execution; must equal the record's `claimedBy`. */
  readonly executionArn: string
}

/** What the state `TransferFile` hands to the Lambda. */
export type TransferFileInput = Claim

/** What the Lambda `TransferFile` returns: the object is complete in S3 if there are no ranges, else these are to be transferred. */
export interface TransferFileOutput {
  readonly fileId: string
  readonly s3Key: string
  readonly size: number
  readonly contentType: string
  /** The multipart upload that has the bytes. */
  readonly uploadId: string
  readonly ranges: readonly TransferRangePart[]
}

/** Consecutive parts of a file, for one worker. */
export interface TransferRangePart {
  readonly firstPart: number
  readonly lastPart: number
}

/** What the state `TransferRange` hands to the Lambda. */
export interface TransferRangeInput {
  readonly fileId: string
  readonly correlationId: string
  readonly executionArn: string
  /** Must equal that of the record's `ranged`. */
  readonly uploadId: string
  /** Place of the range among all, from 0 on. */
  readonly index: number
  readonly range: TransferRangePart
}

/** What the Lambda `TransferRange` returns: its parts in S3, as CompleteMultipartUpload takes them. */
export interface TransferRangeOutput {
  readonly parts: readonly CompletedPart[]
}

export interface CompletedPart {
  readonly PartNumber: number
  readonly ETag: string
}

/** What WebhookFeedly and FileCoordinator hand to RequestFile by Lambda Invoke. */
export interface RequestFileInput {
  readonly userId: string
  readonly url: string
  /** One of the presets of `POST /files`; absent for `best`. */
  readonly preset?: string
  /** As `audio` of `POST /files`; absent for the main sound. */
  readonly audio?: {readonly language?: string, readonly role?: string}
  /** As a file's record has it; absent if nothing is to be recorded. */
  readonly record?: {readonly seconds: number, readonly from: string}
  readonly correlationId: string
}

/** What RequestFile answers to a direct invocation. */
export interface RequestFileOutput {
  readonly statusCode: number
  readonly body: string
}
