import type {IncomingHttpHeaders} from 'node:http'
import {openSource, type SourceAnswer} from '../../lib/http/Http'
import {isPublicAddress, isReachableAddress} from './addresses'
import {isClaimedCoded, uncoded} from './content-coding'
import {undecodable} from './decode'
import {booleanEnv, numberEnv} from '../env'
import {endingBody, requireEnd} from './endless-source'
import {NamedError, type ErrorName} from '../errors'
import {leadingTagBytes} from '../media/leading-tags'
import {type Content, detectContent, headBytes} from '../media/media-content'
import {formatOfBytes} from '../media/media-formats'
import {findRefusal} from './source-errors'
import {logAnswer} from './source-log'
import {dispositionName, pathName, titleOf} from './source-name'

/** An answer that was looked into: what it is, and all its bytes, the first ones included. Read `body` once, or `close()`. */
export interface DirectSource {
  readonly content: Content
  /** Its first bytes: as many as tell what it is. */
  readonly head: Buffer
  readonly title: string
  /** Bytes of the whole, if the source announces them. */
  readonly size?: number
  readonly body: AsyncIterable<Buffer>
  /** Status, headers and last URL: what they say of ranges, see `rangedSource`. */
  readonly answer: Pick<SourceAnswer, 'statusCode' | 'headers' | 'finalUrl' | 'againUrl'>
  /** What its site gave on the way, as a browser's cookies.txt: for yt-dlp alone, and never to be kept. */
  readonly cookies?: string | undefined
  close: () => void
}

export interface DirectOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Whether what has no end is taken nevertheless, as only its beginning is wanted. */
  readonly isRecorded?: boolean
}

/** Which addresses sources may have in this stack. */
export const permittedAddress = (): (address: string) => boolean =>
  booleanEnv('ALLOW_PRIVATE_SOURCES') ? isReachableAddress : isPublicAddress

/** Bytes of the whole file that an answer, or the part of it that a range brings, announces. */
const wholeSize = ({'content-range': range, 'content-length': length}: IncomingHttpHeaders): number | undefined => {
  const size =
    /^bytes [^/]*\/(\d{1,15})$/.exec(range ?? '')?.[1] ?? (range === undefined && /^\d{1,15}$/.test(length ?? '') ? length : undefined)
  return size === undefined ? undefined : Number(size)
}

/** Throws FileTooLargeError if a file has more bytes than MAX_FILE_BYTES. */
export const requireAllowedSize = (size: number, host: string): void => {
  const limit = numberEnv('MAX_FILE_BYTES')
  if (size > limit) {
    throw new NamedError('FileTooLargeError',
      `The file at ${host} has ${size} bytes or more; this service takes at most ${limit}. Look for a smaller version,`
        + ' or ask the operator to raise the limit.')
  }
}

const notMedia: Readonly<Record<Exclude<Content['kind'], 'media'>, readonly [ErrorName, string]>> = {
  page: ['HtmlInsteadOfMediaError',
    'sent a web page instead of the file; it may want a login, or the file has moved.'
      + ' Open the link in a browser and copy that of the file itself.'],
  manifest: ['UnsupportedSourceError',
    'sent a playlist instead of the file. Use the link of the page that plays it, or of the file itself.'],
  empty: ['EmptyBodyError', 'sent an empty file. Check the link, or try again later.'],
  other: ['UnsupportedSourceError',
    'sent something that is no video, sound or picture. Use the link of the file itself, or of a page that plays it.']
}

/** HtmlInsteadOfMediaError, EmptyBodyError or UnsupportedSourceError for content that is no media. */
export const notMediaError = (kind: Exclude<Content['kind'], 'media'>, host: string): NamedError => {
  const [name, what] = notMedia[kind]
  return new NamedError(name, `${host} ${what}`)
}

/** Throws SourceChangedError if an answer to a range says that its bytes are coded, as those of the plan were not. */
export const requirePlain = ({headers, finalUrl: {host}}: SourceAnswer): void => {
  if (isClaimedCoded(headers)) {
    throw new NamedError('SourceChangedError',
      `${host} began to compress the file while it was fetched. It is fetched again from the start; if that fails too, try later.`)
  }
}

/** Tags in front of sound (covers) that are read rather than skipped, because the answer brings them anyway. */
const maxTagBytes = 4 * 1024 * 1024

/** Bytes that tell what a file is if it begins with tags: the first ones behind these. */
const soundBegin = (head: Buffer): number => {
  const tags = leadingTagBytes(head)
  return tags > maxTagBytes ? 0 : tags + (tags > 0 ? headBytes : 0)
}

/** What an answer's first bytes are, or bytes that follow its tags. */
export const contentIn = (head: Buffer, {headers, finalUrl}: DirectSource['answer'], isTagged = false): Content =>
  detectContent(head,
    {contentType: headers['content-type'], name: dispositionName(headers['content-disposition']) ?? pathName(finalUrl), isTagged})

/** Of a compressed page the log gets as little as of a plain one. */
const codedHeadBytes = 256

const lookInto = async (answer: SourceAnswer, {isRecorded = false}: DirectOptions): Promise<DirectSource> => {
  const {headers, finalUrl} = answer
  const refusal = findRefusal(answer, finalUrl.host)
  if (refusal !== undefined) {
    logAnswer(answer)
    throw refusal
  }
  requireEnd(answer, isRecorded)
  const {head, codedHead, body: bytes, isCoded, isMislabelled} = await uncoded(answer, headBytes, soundBegin)
  logAnswer(answer, isCoded ? codedHead.subarray(0, codedHeadBytes) : codedHead)
  const content = contentIn(head, answer)
  if (isMislabelled && formatOfBytes(head) === undefined && (content.kind === 'media' || content.kind === 'other')) {
    throw undecodable(headers['content-encoding'] ?? '', finalUrl.host)
  }
  // The length of what is compressed says nothing of what is in it.
  const size = isCoded ? undefined : wholeSize(headers)
  if (content.kind === 'media' && size !== undefined) {
    requireAllowedSize(size, finalUrl.host)
  }
  const body = content.kind === 'media' && !isRecorded ? endingBody(bytes, answer, content.contentType) : bytes
  const title = titleOf(dispositionName(headers['content-disposition']), finalUrl)
  return {content,
    head, title, ...(size !== undefined && {size}), body, answer, cookies: answer.jar?.netscape(), close: () => answer.close()}
}

/** Looks into an answer, and closes it if that fails. Throws as `openDirect` does. */
export const toDirectSource = async (answer: SourceAnswer, options: DirectOptions = {}): Promise<DirectSource> => {
  try {
    return await lookInto(answer, options)
  } catch (error) {
    answer.close()
    throw error
  }
}

/**
 * Opens a URL and looks at its first bytes. Throws as `openSource` does, the errors of a refusing status, UnsupportedSourceError, and
 * FileTooLargeError if media announces more than MAX_FILE_BYTES, EndlessSourceError if it is a broadcast (also while its bytes are read).
 */
export const openDirect = async (url: URL, options: DirectOptions = {}): Promise<DirectSource> =>
  toDirectSource(await openSource(url, {...options, permits: permittedAddress()}), options)
