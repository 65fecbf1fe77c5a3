/** How files of a format are called. */
export interface FormatName {
  readonly extension: string
  readonly contentType: string
  /** Other extensions and media types that mean the same. */
  readonly aliases?: readonly string[]
}

/** How a container says in its first bytes what is in it. */
export interface Streams {
  readonly video: RegExp
  readonly audio: RegExp
  /** Fits if all streams are named in these bytes; by default the first `audio` or `video` decides. */
  readonly isWhole?: RegExp
}

/** A format that we know: how its files are called, and the first bytes that identify them. */
export interface MediaFormat extends FormatName {
  /** Of the first bytes, read as Latin-1; absent for what only its name can tell. */
  readonly signature?: RegExp
  /** Name of the same container with sound alone. */
  readonly sound?: FormatName
  readonly streams?: Streams
  /**
   * First bytes that other formats may have too: a file that is called by one of these extensions, or by their media types, is what it is
   * called.
   */
  readonly shared?: {readonly by: readonly string[], readonly signature: RegExp}
}

/** `video` as soon as a picture is named, `audio` only once nothing else can be. */
export const kindOfStreams = ({video, audio, isWhole}: Streams, head: string): 'video' | 'audio' | undefined => {
  if (video.test(head)) {
    return 'video'
  }
  return audio.test(head) && (isWhole === undefined || isWhole.test(head)) ? 'audio' : undefined
}
