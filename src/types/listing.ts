/** A file that a feed or a list names. */
export interface ListedFile {
  /** Absolute, in the order in which they are to be tried. */
  readonly addresses: readonly string[]
  /** Media type, in small letters. */
  readonly type?: string | undefined
  /** Kind of media as Media RSS names it: `video`, `audio`, `image`, `document` or `executable`. */
  readonly medium?: string | undefined
  readonly title?: string | undefined
  /** The author's choice among renditions. */
  readonly isDefault?: boolean | undefined
  readonly height?: number | undefined
  /** Kilobits a second. */
  readonly bitrate?: number | undefined
  /** Bytes. */
  readonly size?: number | undefined
  /** Is one of several renditions of the same. */
  readonly isRendition?: boolean | undefined
}

export interface ListedItem {
  readonly id?: string | undefined
  readonly title?: string | undefined
  /** The page of it. */
  readonly page?: string | undefined
  readonly files: readonly ListedFile[]
}

/** A document that names media: a feed, or a list for players. */
export interface Listing {
  readonly kind: 'feed' | 'list'
  readonly items: readonly ListedItem[]
}
