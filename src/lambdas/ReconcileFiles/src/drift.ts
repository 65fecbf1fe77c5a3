/** What can have drifted apart of table, workflow, bus and bucket; docs/runbook.md says how each comes about. */
export type DriftKind = 'request-without-event' | 'metadata-without-execution' | 'claim-without-execution' | 'object-without-completion'
  | 'upload-without-owner' | 'object-without-record' | 'record-without-object'

/** One thing that no one works on any more, and how to have it worked on again. */
export interface Drift {
  readonly kind: DriftKind
  readonly fileId: string
  /** ISO 8601 UTC: when it was last seen in order. */
  readonly since: string
  readonly detail: string
  /** Safe to repeat, and without effect if someone has moved the file on meanwhile. */
  readonly repair: () => Promise<void>
}

const minute = 60_000

/** How long what is under way may look like drift, in milliseconds. */
export const patience = {
  /** A request that has not announced its file: its function ends after 15 s. */
  announcing: minute,
  /** A request whose event has led to nothing: StartFileUpload, Lambda's retries of it and queues on the way take less. */
  identifying: 60 * minute,
  /** Whatever else changes the record as it continues. */
  working: 5 * minute,
  /** An upload whose id is not in the record yet; and an object whose notification is on its way. */
  uploading: 60 * minute,
  /** Parts that are kept for the next try; and what has no record, before it is removed. */
  keeping: 24 * 60 * minute
}

/** Whether a time lies at least `milliseconds` back. */
export const isOlderThan = (time: string | Date | undefined, milliseconds: number): boolean =>
  time !== undefined && Date.now() - new Date(time).getTime() > milliseconds
