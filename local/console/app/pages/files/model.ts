import {percentDecoded} from '../../../../../shared/percent'

/** A file as the HTTP API shows it. */
export interface File {
  readonly fileId: string
  readonly sourceUrl: string
  readonly status: string
  readonly waiting?: {readonly reason: string, readonly until: string} | null
  readonly title: string | null
  readonly author: string | null
  readonly contentType: string | null
  readonly size: number | null
  readonly bytesDone: number
  readonly downloadUrl: string | null
  readonly thumbnailUrl: string | null
  readonly preset: string
  /** Absent from stacks of before. */
  readonly audio?: {readonly language?: string, readonly role?: string} | null
  readonly record?: {readonly seconds: number}
  readonly captions: ReadonlyArray<{readonly language: string, readonly url: string}>
  /** Bytes a second. */
  readonly speed: number | null
  readonly secondsLeft: number | null
  /** Of a file that is there, but not as its site says; absent from stacks of before. */
  readonly note?: string | null
  readonly error: {readonly code: string, readonly message: string, readonly retryable: boolean, readonly detail?: string} | null
  readonly requestedAt: string
  readonly completedAt: string | null
}

export type Group = 'all' | 'going' | 'done' | 'failed'

/** Which of the three a file belongs to. */
export const fileGroup = ({status}: File): Exclude<Group, 'all'> =>
  status === 'Downloaded' ? 'done' : status === 'Failed' ? 'failed' : 'going'

const tones: Readonly<Record<string, 'ok' | 'wait' | 'bad' | 'run' | 'plain'>> =
  {Downloaded: 'ok', Failed: 'bad', Downloading: 'run', Scheduled: 'wait', Requested: 'run', MetadataReady: 'run'}

const words: Readonly<Record<string, string>> = {Requested: 'Looking it up', MetadataReady: 'About to start'}

/** Ended by its user, which the API reports as a failure of that name. */
export const isCancelled = ({error}: File): boolean => error?.code === 'CancelledError'

export const statusTone = (file: File) => isCancelled(file) ? 'plain' : tones[file.status] ?? 'plain'
export const describeStatus = (file: File): string => isCancelled(file) ? 'Cancelled' : words[file.status] ?? file.status

/** What to call it while no one knows its title. */
export const displayTitle = ({title, sourceUrl}: File): string => {
  if (title !== null) {
    return title
  }
  const path = URL.canParse(sourceUrl) ? new URL(sourceUrl).pathname.split('/').filter((part) => part !== '') : []
  return path.length === 0 ? sourceUrl : percentDecoded(path.at(-1)!)
}

/** What was asked for beside the preset, in a few words; undefined for the main sound as a whole. */
export const describeWish = ({audio, record}: File): string | undefined => {
  const words = [audio?.language, audio?.role?.replaceAll('-', ' '), record && `recording of ${Math.round(record.seconds / 6) / 10} min`].filter((each) => each !== undefined)
  return words.length === 0 ? undefined : words.join(', ')
}

/** The http(s) URLs of a text, each once, and what is not a URL. */
export const urlsIn = (text: string): {urls: string[], wrong: string[]} => {
  const parts = [...new Set(text.split(/[\s,]+/).filter((part) => part !== ''))]
  const isUrl = (part: string): boolean => URL.canParse(part) && /^https?:$/.test(new URL(part).protocol)
  return {urls: parts.filter(isUrl), wrong: parts.filter((part) => !isUrl(part))}
}

/** What can be done here; what can be done anywhere is in the message. */
const hints: Readonly<Record<string, string>> = {
  NeedsCookiesError: 'The site wants a signed-in visitor. Choose another source of the same media.',
  YtDlpNotFoundError: 'Install yt-dlp, or set YT_DLP_PATH, and start again.',
  FileTooLargeError: 'Start with a higher --max-file-bytes, or choose a smaller version.',
  PrivateAddressError: 'Start with --allow-private-sources to fetch from this machine.'
}

/** What the user can do about a failure. */
export const findHint = ({code, retryable}: NonNullable<File['error']>): string =>
  hints[code] ?? (retryable ? 'It may work the next time: try again.' : 'Trying the same link again will not help.')
