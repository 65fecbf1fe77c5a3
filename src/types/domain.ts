/** Where a file stands. `Scheduled` waits for a premiere or for a rate limit to pass. */
export type FileStatus = 'Requested' | 'MetadataReady' | 'Scheduled' | 'Downloading' | 'Downloaded' | 'Failed'

/** What of a medium is wanted: the best picture that plays everywhere, at most so many lines of it, or the sound alone (M4A or MP3). */
export type Preset = 'best' | '1080p' | '720p' | 'audio' | 'audio-mp3'

export interface FileError {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
}

/** The item `FILE#<fileId>` / `FILE`. Times are ISO 8601 UTC, sizes are bytes. */
export interface FileRecord {
  readonly fileId: string
  readonly sourceUrl: string
  /** Absent for `best`. */
  readonly preset?: Preset
  /** Who asked for this attempt: a host's connections are shared between users. */
  readonly requestedBy?: string
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
  readonly updatedAt: string
  readonly title?: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishDate?: string
  readonly contentType?: string
  /** Announced by the source until Downloaded, of the object from then on. */
  readonly size?: number
  readonly bytesDone?: number
  /** How the media is fetched: straight from the URL, or by yt-dlp. */
  readonly extractor?: Extractor
  /** The formats that were chosen, as yt-dlp names them: the transfer fetches the very same. */
  readonly formatId?: string
  /** How often metadata was tried in this attempt. */
  readonly metadataAttempts?: number
  /** How often the workflow waited and looked again in this attempt. */
  readonly reschedules?: number
  /** ARN of the execution that owns the transfer. */
  readonly claimedBy?: string
  /** Open multipart upload of the transfer. */
  readonly uploadId?: string
  /** Bytes the transfer counted before it completed the upload; S3ObjectCreated compares. */
  readonly expectedSize?: number
  readonly s3Key?: string
  readonly etag?: string
  readonly error?: FileError
  readonly completedAt?: string
  /** Epoch seconds, where media are not kept for ever: from then on there is no such file, though the table may show it for some days. */
  readonly expiresAt?: number
}

export type Extractor = 'direct' | 'yt-dlp'

/** The item `FILE#<fileId>` / `USER#<userId>`: that a user asked for a file. */
export interface FileUserRecord {
  readonly fileId: string
  readonly userId: string
  readonly requestedAt: string
  /** Set once a user who came after the download was announced as such. */
  readonly announcedAt?: string
}

export type DevicePlatform = 'APNS' | 'FCM'

/** The item `USER#<userId>` / `DEVICE#<deviceId>`. */
export interface DeviceRecord {
  readonly userId: string
  readonly deviceId: string
  readonly platform: DevicePlatform
  readonly endpointArn: string
  readonly updatedAt: string
}

/** Answer of `GET /files/{fileId}`; absent values are null. */
export interface FileView {
  readonly fileId: string
  readonly sourceUrl: string
  readonly preset: Preset
  readonly status: FileStatus
  readonly title: string | null
  readonly author: string | null
  readonly contentType: string | null
  readonly size: number | null
  readonly bytesDone: number
  readonly downloadUrl: string | null
  readonly error: FileError | null
  readonly requestedAt: string
  readonly completedAt: string | null
}
