import type {IncomingHttpHeaders} from 'node:http'
import {openSource, type SourceAnswer} from '../lib/vendor/Http'
import {isPublicAddress, isReachableAddress} from './addresses'
import {booleanEnv, numberEnv} from './env'
import {NamedError, type ErrorName} from './errors'
import {type Content, contentOf, headBytes} from './media-content'
import {peek} from './peek'
import {refusalOf} from './source-errors'
import {logAnswer} from './source-log'
import {dispositionName, pathName, titleOf} from './source-name'

/** An answer that was looked into: what it is, and all its bytes, the first ones included. Read `body` once, or `close()`. */
export interface DirectSource {
  readonly content: Content
  readonly title: string
  /** Bytes of the whole, where the source announces them. */
  readonly size?: number
  readonly body: AsyncIterable<Buffer>
  /** Status, headers and last URL: what they say of ranges, see `rangedSource`. */
  readonly answer: Pick<SourceAnswer, 'statusCode' | 'headers' | 'finalUrl' | 'againUrl'>
  close(): void
}

export interface DirectOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** Which addresses sources may have in this stack. */
export const permittedAddress = (): (address: string) => boolean => booleanEnv('ALLOW_PRIVATE_SOURCES') ? isReachableAddress : isPublicAddress

/** Bytes of the whole file that an answer, or the part of it that a range brings, announces. */
const wholeSize = ({'content-range': range, 'content-length': length}: IncomingHttpHeaders): number | undefined => {
  const size = /^bytes [^/]*\/(\d{1,15})$/.exec(range ?? '')?.[1] ?? (range === undefined && /^\d{1,15}$/.test(length ?? '') ? length : undefined)
  return size === undefined ? undefined : Number(size)
}

/** Throws FileTooLargeError where a file has more bytes than MAX_FILE_BYTES. */
export const requireAllowedSize = (size: number, host: string): void => {
  const limit = numberEnv('MAX_FILE_BYTES')
  if (size > limit) {
    throw new NamedError('FileTooLargeError', `Expected at most ${limit} bytes; ${host} has ${size} or more. The operator sets the limit, max_file_bytes.`)
  }
}

const notMedia: Readonly<Record<Exclude<Content['kind'], 'media'>, readonly [ErrorName, string]>> = {
  page: ['HtmlInsteadOfMediaError', 'it answers with a web page; perhaps it wants a login, or the file has moved'],
  manifest: ['UnsupportedSourceError', 'it answers with a playlist of parts'],
  empty: ['EmptyBodyError', 'it answers with nothing'],
  other: ['UnsupportedSourceError', 'it answers with something else']
}

/** HtmlInsteadOfMediaError, EmptyBodyError or UnsupportedSourceError for content that is no media. */
export const notMediaError = (kind: Exclude<Content['kind'], 'media'>, host: string): NamedError => {
  const [name, what] = notMedia[kind]
  return new NamedError(name, `Expected a video, sound or picture from ${host}; ${what}.`)
}

/** Throws UnsupportedSourceError where an answer's bytes are compressed. */
export const requirePlain = ({headers, finalUrl}: SourceAnswer): void => {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== '') {
    throw new NamedError('UnsupportedSourceError', `Expected the bytes as they are; ${finalUrl.host} compresses them by '${encoding.slice(0, 32)}' though asked not to.`)
  }
}

const lookInto = async (answer: SourceAnswer): Promise<DirectSource> => {
  const {headers, finalUrl} = answer
  const refusal = refusalOf(answer, finalUrl.host)
  if (refusal !== undefined) {
    logAnswer(answer)
    throw refusal
  }
  const {head, body} = await peek(answer.body, headBytes)
  logAnswer(answer, head)
  requirePlain(answer)
  const name = dispositionName(headers['content-disposition'])
  const content = contentOf(head, {contentType: headers['content-type'], name: name ?? pathName(finalUrl)})
  const size = wholeSize(headers)
  if (content.kind === 'media' && size !== undefined) {
    requireAllowedSize(size, finalUrl.host)
  }
  return {content, title: titleOf(name, finalUrl), ...(size !== undefined && {size}), body, answer, close: () => answer.close()}
}

/** Looks into an answer, and closes it if that fails. Throws as `openDirect` does. */
export const directSourceOf = async (answer: SourceAnswer): Promise<DirectSource> => {
  try {
    return await lookInto(answer)
  } catch (error) {
    answer.close()
    throw error
  }
}

/**
 * Opens a URL and looks at its first bytes. Throws as `openSource` does, the errors of a refusing status, UnsupportedSourceError, and
 * FileTooLargeError if media announces more than MAX_FILE_BYTES.
 */
export const openDirect = async (url: URL, options: DirectOptions = {}): Promise<DirectSource> =>
  directSourceOf(await openSource(url, {...options, permits: permittedAddress()}))
