import type {FileRecord} from '../../types/domain'
import {type ClaimedFile, claimLost} from './claimed-file'
import {type Transition, buildTransitions} from './transition'

/*
 * The life of a file's record: every change that a Lambda or the workflow makes to it.
 *
 *   requested ─▶ Requested ──identified─▶ MetadataReady ──begun─▶ Downloading ──completed─▶ Downloaded ─▶ forgotten
 *                 ▲  │  └─────scheduled─▶ Scheduled ──────begun─▶   │   │                      │      (`expiresAt`)
 *                 │  │                        ▲                     │   │                      │
 *                 │  │                        └──────rescheduled────┘   │                      │
 *                 │  └──notIdentified─▶ Failed ◀──failed, cancelled─────┘                      │
 *                 └─────requestedAgain──┘    ▲                                                 │
 *                                            └────────────────────lost─────────────────────────┘
 *
 * If a transfer fails: TransferFile or TransferRange throws a named error. If the source may be asked again later, `waiting` has
 * recorded when, and the workflow makes the file `rescheduled`, at most 30 times without progress. On other errors the workflow tries
 * again as often as the error's name says; then `failed` ends the attempt: the status is Failed and `error` says why. The parts that
 * are in S3 stay (`ranged`), so that the next request, by `requestedAgain`, continues with them if the error is one that passes. If an
 * execution ends without a word, `recovered` gives the file to a new one.
 *
 * Every condition names the `correlationId` of the attempt or the execution that has the claim: what comes late changes nothing.
 */

/** How often an attempt may wait without any progress. */
export const maxReschedules = 30

const waiting = ['MetadataReady', 'Scheduled'] as const
const afterMetadata = [...waiting, 'Downloading'] as const
const unfinished = ['Requested', ...afterMetadata] as const

/** Written as a whole item, so that nothing else of a failed attempt survives it. */
export const requests = {
  /** A user wants a file that no one has asked for yet, or that is forgotten. */
  requested: {by: 'RequestFile', from: [], to: 'Requested', where: 'attribute_not_exists(PK) OR expiresAt <= :now'},
  /** A user wants a file whose last attempt has failed: a new attempt begins. */
  requestedAgain: {by: 'RequestFile', from: ['Failed'], to: 'Requested', where: '#status = :Failed AND correlationId = :correlationId'}
} as const satisfies Record<string, Transition>

/** Made by states of FileDownloadWorkflow; test/workflow compares its expressions with these. */
export const workflowTransitions = {
  /** An execution takes the file for its own: one at a time has it. */
  claimed: {
    by: 'FileDownloadWorkflow.ClaimFile', from: waiting, sets: ['claimedBy', 'updatedAt'],
    where: '#status IN (:MetadataReady, :Scheduled) AND (attribute_not_exists(claimedBy) OR claimedBy = :claimedBy)'
  },
  /** The source says "later", or has changed: the execution waits until `availableAt`. A file that has come meanwhile stays as it is. */
  rescheduled: {
    by: 'FileDownloadWorkflow.RescheduleTransfer', from: afterMetadata, to: 'Scheduled', sets: ['updatedAt'], adds: ['reschedules'],
    where: 'claimedBy = :claimedBy AND #status <> :Downloaded AND (attribute_not_exists(reschedules) OR reschedules < :maxReschedules)'
  },
  /** The transfer has failed permanently. */
  failed: {
    by: 'FileDownloadWorkflow.RecordFailure', from: [...unfinished, 'Failed'], to: 'Failed',
    where: 'attribute_exists(PK) AND #status <> :Downloaded AND (attribute_not_exists(claimedBy) OR claimedBy = :claimedBy)',
    sets: ['error', 'updatedAt'], removes: ['claimedBy', 'uploadId']
  }
} as const satisfies Record<string, Transition>

const anyStatus = [...unfinished, 'Downloaded', 'Failed'] as const
const attempt = {where: 'correlationId = :correlationId'} as const
const identifying = {by: 'StartFileUpload', from: ['Requested'], where: 'correlationId = :correlationId AND #status = :Requested'} as const
const metadata = [
  'extractor', 'title', 'mediaUrl', 'description', 'authorName', 'authorUser', 'publishDate', 'contentType', 'size', 'formatId',
  'thumbnail', 'captions', 'looked', 'waiting', 'playlist'
] as const

export const fileTransitions = {
  /** One of many requests at once is to publish FileRequested, until `announcingUntil`. */
  announcing: {
    by: 'RequestFile', from: ['Requested'], same: ['announcedAt'], sets: ['announcingUntil'],
    where: 'correlationId = :correlationId AND #status = :Requested AND (attribute_not_exists(announcingUntil) OR announcingUntil < :now)'
  },
  /** FileRequested is on the bus. */
  announced: {...attempt, by: 'RequestFile', from: anyStatus, sets: ['announcedAt'], removes: ['announcingUntil']},
  /** FileRequested could not be published: the next request may. */
  notAnnounced: {...attempt, by: 'RequestFile', from: anyStatus, removes: ['announcingUntil']},
  /** Many want the file: those who join from now on are in its shards. */
  spread: {by: 'RequestFile', from: anyStatus, where: 'attribute_exists(PK)', sets: ['isSpread']},

  /** The source has said what it has, and it can be fetched now. */
  identified: {...identifying, to: 'MetadataReady', sets: ['availableAt', 'updatedAt'], maySet: metadata},
  /** The source can be fetched, or asked, at `availableAt`. */
  scheduled: {...identifying, to: 'Scheduled', sets: ['availableAt', 'updatedAt'], maySet: metadata},
  /** The source could not be asked; Lambda invokes the function again. */
  triedToIdentify: {...identifying, sets: ['updatedAt'], adds: ['metadataAttempts']},
  /** The source cannot be had, or all invocations failed: there is no workflow for this attempt. */
  notIdentified: {...identifying, to: 'Failed', sets: ['error', 'updatedAt']},
  /** How much of a file has come by the look at it alone. */
  looking: {
    by: 'StartFileUpload, TransferFile', from: ['Requested', 'Scheduled'], sets: ['progress'], maySet: ['size'],
    where: 'correlationId = :correlationId AND attribute_not_exists(extractor) AND #status IN (:Requested, :Scheduled)'
  },

  /** FileDownloadProgressed is to be published for a percentage, once. */
  percentTold: {
    by: 'TransferFile, TransferRange', from: anyStatus, sets: ['percentTold'],
    where: 'correlationId = :correlationId AND (attribute_not_exists(percentTold) OR percentTold < :percentTold)'
  },
  /**
   * The object is in S3. It is the truth: it ends an attempt from any status, also one that the workflow gave up while S3 was still
   * completing the object. A duplicate changes nothing but `updatedAt`. A cancelled attempt has no expected size any more.
   */
  completed: {
    by: 'S3ObjectCreated', from: [...afterMetadata, 'Downloaded', 'Failed'], to: 'Downloaded',
    where: 'correlationId = :correlationId AND expectedSize = :size',
    sets: ['s3Key', 'size', 'etag', 'contentType', 'updatedAt'], setsOnce: ['completedAt', 'expiresAt'],
    removes: ['uploadId', 'looked', 'ranged', 'progress', 'error']
  },
  /**
   * The user does not want the file any more. Its claim goes to no one: a worker that had it hears of that at its next write, and an
   * execution that could not be stopped has no end of its own to record or to announce. Returns the record as it was.
   */
  cancelled: {
    by: 'CancelFile', from: unfinished, to: 'Failed', sets: ['error', 'updatedAt', 'claimedBy'], returns: 'ALL_OLD',
    where: 'correlationId = :correlationId AND #status <> :Downloaded AND #status <> :Failed',
    removes: ['uploadId', 'looked', 'ranged', 'progress', 'begunBy', 'expectedSize']
  },
  /** No execution works on the file any more: a new one may claim it. Its uploads stay, to be continued or discarded by the transfer. */
  recovered: {
    by: 'ReconcileFiles', from: afterMetadata, to: 'MetadataReady', same: ['status', 'claimedBy'],
    where: 'correlationId = :correlationId AND #status IN (:MetadataReady, :Scheduled, :Downloading)',
    sets: ['availableAt', 'updatedAt'], adds: ['recoveries'], removes: ['claimedBy']
  },
  /** The object of a file that was Downloaded has gone from the bucket. */
  lost: {
    by: 'ReconcileFiles', from: ['Downloaded'], to: 'Failed', same: ['s3Key'], sets: ['error', 'updatedAt'],
    where: 'correlationId = :correlationId AND #status = :Downloaded'
  }
} as const satisfies Record<string, Transition>

const owned = {
  by: 'TransferFile', from: afterMetadata, where: 'claimedBy = :claimedBy AND correlationId = :correlationId AND #status <> :Downloaded'
} as const
const ownedByRange = {...owned, by: 'TransferFile, TransferRange'} as const

/** Made while the execution has the claim. */
export const claimTransitions = {
  /** The transfer begins, or begins again. What is known of ranges stays: it may continue with them. */
  begun: {
    ...owned, to: 'Downloading', sets: ['progress', 'updatedAt'],
    removes: ['uploadId', 'begunBy', 'expectedSize', 's3Key', 'missing', 'error', 'waiting']
  },
  /** A source that could not be asked when it was requested has said what it has; or a feed names another address. */
  identifiedLate: {...owned, sets: ['extractor', 'updatedAt'], maySet: ['size', 'mediaUrl', 'title', 'looked']},
  /** All bytes came by the look at the source: their upload is about to be completed. */
  looked: {
    ...owned, to: 'Downloading', sets: ['s3Key', 'contentType', 'size', 'expectedSize', 'progress', 'updatedAt'],
    removes: ['uploadId', 'ranged', 'begunBy', 'error', 'waiting']
  },
  /** The upload of a stream has begun; `ranged` if another worker could continue it. */
  uploading: {...owned, sets: ['s3Key', 'contentType', 'updatedAt'], maySet: ['uploadId', 'ranged', 'begunBy', 'size', 'missing']},
  /** All bytes of a stream are sent: S3ObjectCreated compares the object with this. */
  sent: {...owned, sets: ['expectedSize', 'progress.#range', 'updatedAt']},
  /** The file is to be transferred by ranges. */
  planned: {
    ...owned, sets: ['ranged', 'progress', 'restarts', 'begunBy', 's3Key', 'contentType', 'size', 'expectedSize', 'updatedAt']
  },
  /** The plan of ranges is of no use. */
  unplanned: {...owned, sets: ['progress', 'updatedAt'], removes: ['ranged']},
  /** The source has changed: the transfer begins again from the first byte. */
  restarted: {...owned, sets: ['restarts', 'updatedAt'], removes: ['ranged']},
  /** The source has changed once too often: the attempt may wait no more. */
  exhausted: {...owned, sets: ['reschedules', 'updatedAt']},

  /** Bytes of a range have come, or all of them. */
  progressed: {...ownedByRange, sets: ['progress.#range', 'updatedAt']},
  /** What one worker has found out about the source, for the others. */
  learned: {...ownedByRange, sets: ['ranged.url', 'updatedAt'], maySet: ['ranged.condition']},
  /** The source gives no ranges of one version: the next worker streams the file as a whole. */
  foundWhole: {...ownedByRange, sets: ['ranged.isWhole', 'updatedAt']},
  /** The source has another file now. This upload gets no more of it: it could be the old file again, between two of the new. */
  foundChanged: {...ownedByRange, by: 'TransferRange', sets: ['ranged.hasChanged', 'updatedAt']},
  /** Bytes have come since the last wait, so waits are counted from 0 again. */
  advanced: {...ownedByRange, sets: ['reschedules', 'bytesAtWait', 'updatedAt']},
  /** From when on the workflow may look again, for `rescheduled`, and why not before. */
  waiting: {...ownedByRange, sets: ['availableAt', 'updatedAt'], maySet: ['waiting', 'playlist']}
} as const satisfies Record<string, Transition>

/** Each returns the record as it is then, or undefined if its condition does not hold. */
export const lifecycle = buildTransitions(fileTransitions, (_file: Pick<FileRecord, 'fileId' | 'correlationId'>, changed) => changed)

/** Each returns the record as it is then. Throws ClaimLostError if the execution has lost the claim, or the file is Downloaded. */
export const whileClaimed = buildTransitions(claimTransitions, ({fileId, claimedBy}: ClaimedFile, changed): ClaimedFile => {
  if (changed === undefined) {
    throw claimLost(fileId)
  }
  return {...changed, claimedBy}
})
