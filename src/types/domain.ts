/** Where a file stands. `Scheduled` waits for a premiere or for a rate limit to pass. */
export type FileStatus = 'Requested' | 'MetadataReady' | 'Scheduled' | 'Downloading' | 'Downloaded' | 'Failed'

/** What of a medium is wanted: the best picture that plays everywhere, at most a number of lines of it, or the sound alone (M4A or MP3). */
export type Preset = 'best' | '1080p' | '720p' | 'audio' | 'audio-mp3'

/** Which of a medium's sounds is wanted if not the main one: a canonical BCP 47 tag, and a role as DASH names it. */
export interface AudioWish {
  readonly language?: string
  readonly role?: string
}

/** What is seen or heard of a medium. */
export type TrackKind = 'picture' | 'sound'

export interface FileError {
  readonly code: string
  /** In an answer always a sentence for users; in a record it may be one for developers. */
  readonly message: string
  readonly retryable: boolean
  /** Of an answer: what the record says to developers, if users read another sentence. */
  readonly detail?: string
}

/** Why a file waits: the name of the error that says so, and its sentence for users. */
export interface Waiting {
  readonly code: string
  readonly reason: string
}

/** What the playlist of a stream had when it was last looked at, and when (ISO 8601 UTC): one that changes no more is whole. */
export interface PlaylistLook {
  readonly digest: string
  readonly at: string
}

/** The item `FILE#<fileId>` / `FILE`. Times are ISO 8601 UTC, sizes are bytes. If it `isSpread`, new users are in one of its shards. */
export interface FileRecord {
  readonly fileId: string
  readonly sourceUrl: string
  /** Absent for `best`, and `audio` for the main sound. */
  readonly preset?: Preset
  readonly audio?: AudioWish
  /** Of a broadcast, from a minute on. */ readonly record?: {readonly seconds: number, readonly from: string}
  /** Who asked for this attempt: a host's connections are shared between users. */
  readonly requestedBy?: string
  readonly isSpread?: true
  readonly status: FileStatus
  /** Of the current attempt: asking again after a failure begins a new one. */
  readonly correlationId: string
  readonly requestedAt: string
  /** Set once `FileRequested` of this attempt is on the bus. */
  readonly announcedAt?: string
  /** Until then one request alone may announce this attempt; gone once it has. */
  readonly announcingUntil?: string
  /** From when on the next step is due; range key of `StatusIndex`. */
  readonly availableAt: string
  /** Why the file is Scheduled until then; left over from earlier if it has another status. */
  readonly waiting?: Waiting
  readonly playlist?: PlaylistLook
  readonly updatedAt: string
  readonly title?: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishDate?: string
  readonly contentType?: string
  /** Announced by the source until Downloaded, of the object from then on. */
  readonly size?: number
  /** How far the transfer is, by range: `r1`, `r2`, …; a stream as a whole is `r1`. */
  readonly progress?: Readonly<Record<string, RangeProgress>>
  /** The last of 25, 50 and 75 percent that FileDownloadProgressed told of in this attempt. */
  readonly percentTold?: number
  /** How the media is fetched: straight from the URL, or by yt-dlp. */
  readonly extractor?: Extractor
  /** Where the media is if `sourceUrl` is a feed or a list that names it. */
  readonly mediaUrl?: string
  /** The formats that were chosen, as yt-dlp names them: the transfer fetches the very same. */
  readonly formatId?: string
  /** A track that its site names and did not send: the file is without. */
  readonly missing?: TrackKind
  /** Key of the picture that stands for the media. */
  readonly thumbnail?: string
  readonly captions?: readonly Caption[]
  /** How often metadata was tried in this attempt. */
  readonly metadataAttempts?: number
  /** How often the workflow waited and looked again in this attempt without any progress. */
  readonly reschedules?: number
  /** Bytes that were there when `reschedules` last began again from 0. */
  readonly bytesAtWait?: number
  /** How often a new execution was started for this attempt because its own had gone. */
  readonly recoveries?: number
  /** ARN of the execution that owns the transfer; `nobody` of a cancelled one. */
  readonly claimedBy?: string
  /** Open multipart upload of a transfer as a whole. */
  readonly uploadId?: string
  /** An open upload of all of the file, if a look brought that, and the CRC32 of what was read, in base64. It may be gone, S3 knows. */
  readonly looked?:
  {readonly uploadId: string, readonly s3Key: string, readonly contentType: string, readonly size: number, readonly crc32: string}
  /** How the file is transferred by ranges, once it is; kept after a failure, so that the next attempt can continue. */
  readonly ranged?: RangedTransfer
  /** The correlation id of the attempt that began the upload of the object, as its metadata have it, if that may be an earlier one. */
  readonly begunBy?: string
  /** How often a transfer by ranges began again in this attempt, because the source had changed. */
  readonly restarts?: number
  /** Bytes the transfer counted before it completed the upload; S3ObjectCreated compares. */
  readonly expectedSize?: number
  readonly s3Key?: string
  readonly etag?: string
  readonly error?: FileError
  readonly completedAt?: string
  /** Epoch seconds, if media are not kept for ever: from then on there is no such file, though the table may show it for some days. */
  readonly expiresAt?: number
}

/** WebVTT that people made. */
export interface Caption {
  /** As the site names it, for example `en` or `pt-BR`. */
  readonly language: string
  readonly s3Key: string
}

export type Extractor = 'direct' | 'yt-dlp'

/** Written by the one worker that has the range, so that nothing is counted twice however often it begins again. */
export interface RangeProgress {
  readonly bytes: number
  /** Bytes a second of late; 0 once the range is whole. */
  readonly speed: number
  /** Of a whole range: CRC32 of its bytes as they were read, in base64. */
  readonly crc32?: string
}

/** What in an answer distinguishes the versions of a file. */
export interface SourceValidators {
  /** As it came, weak ones too. */
  readonly etag?: string
  /** As it came. */
  readonly lastModified?: string
  /** `lastModified` is a strong validator: the answer was at least a minute younger (RFC 9110 8.8.2.2). */
  readonly isSettled?: true
}

/** How a range is asked for: `If-Range` with ETag or date, `If-Unmodified-Since`, or plainly, if 206s have a validator to compare. */
export type RangeCondition = 'etag' | 'date' | 'unless-changed' | 'compared'

/** A file as it was when its transfer by ranges began: whatever comes later must be of the very same. */
export interface RangedTransfer {
  /** The multipart upload; it may be gone, S3 knows. */
  readonly uploadId: string
  readonly s3Key: string
  readonly begunBy: string
  /** After redirects; a worker that was refused there records where the source's own URL leads by then. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** The strongest validator that there was. */
  readonly validator: string
  /** All that there were; absent in records of before, which have `validator` alone. */
  readonly validators?: SourceValidators
  /** What the source was found to honour; absent until that is known. */
  readonly condition?: RangeCondition
  readonly size: number
  readonly partBytes: number
  readonly rangeParts: number
  /** A worker found another file at the source: nothing of this one is of use any more. */
  readonly hasChanged?: true
  /** A worker found that the source gives no ranges of one version: the file is streamed as a whole. */
  readonly isWhole?: true
}

/** Answer of `GET /files/{fileId}`; absent values are null. */
export interface FileView extends Pick<FileRecord, 'record'> {
  readonly fileId: string
  readonly sourceUrl: string
  readonly preset: Preset
  /** Null for the main sound. */
  readonly audio: AudioWish | null
  readonly status: FileStatus
  /** Only when Scheduled; the file continues at `until` (ISO 8601 UTC). Files that began to wait before it was recorded have no `code`. */
  readonly waiting: Partial<Pick<Waiting, 'code'>> & Pick<Waiting, 'reason'> & {readonly until: string} | null
  readonly title: string | null
  readonly author: string | null
  readonly contentType: string | null
  readonly size: number | null
  readonly bytesDone: number
  /** Bytes a second; null when nothing comes just now. */
  readonly speed: number | null
  /** Until the file is there, as far as speed and size tell. */
  readonly secondsLeft: number | null
  readonly downloadUrl: string | null
  readonly thumbnailUrl: string | null
  readonly captions: ReadonlyArray<{readonly language: string, readonly url: string}>
  /** A sentence about a file that is there and not as its site says, such as a film without its sound. */
  readonly note: string | null
  readonly error: FileError | null
  readonly requestedAt: string
  readonly completedAt: string | null
}
