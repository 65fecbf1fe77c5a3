import {openSource, type SourceAnswer} from '../../lib/http/Http'
import {contentRange} from './answered-range'
import {contentIn, type DirectOptions, type DirectSource, toDirectSource, openDirect, permittedAddress} from './direct-source'
import {leadingTagBytes} from '../media/leading-tags'
import {type Content, headBytes} from '../media/media-content'
import {peek} from './peek'
import {findRefusal} from './source-errors'

/** A source of which only the first bytes were requested, enough to see what it is. */
export interface LookedAt extends DirectSource {
  /** Whether the answer brought the whole file nevertheless; if not, `body` ends early, and the connection is closed already. */
  readonly isWhole: boolean
}

/**
 * Statuses by which servers refuse a `Range` that they would answer without one. Those that a second request cannot change (401, 404), or
 * would make worse (429, 503), are absent.
 */
const maybeForTheRange = new Set([400, 403, 405, 406, 412, 416, 417, 500, 501, 505])

/** What an answer to the first bytes brings; undefined if it is not to be trusted. */
const readExtent = ({statusCode, headers}: SourceAnswer): 'part' | 'whole' | undefined => {
  if (headers['content-range'] !== undefined) {
    const range = contentRange(headers)
    return range?.start === 0 ? (range.end === range.size ? 'whole' : 'part') : undefined
  }
  // Some servers cut the body and still answer 200, others 206 without saying what of.
  const isCut = statusCode === 206 || (statusCode === 200 && Number(headers['content-length']) === headBytes)
  return isCut ? undefined : 'whole'
}

/** Whether a refusal may be of the `Range` alone, and names no time before which nothing is to be asked. */
const mayTakeIt = (answer: SourceAnswer): boolean =>
  maybeForTheRange.has(answer.statusCode) && findRefusal(answer, answer.finalUrl.host)?.availableAt === undefined

/** No one has more tags in front than this, one of them beyond the bytes that were asked for each time. */
const maxLooks = 3

/** Bytes of a file from `start` on, as many as tell what it is; undefined if the server does not send just them. */
const bytesFrom = async (url: URL, start: number, options: DirectOptions): Promise<Buffer | undefined> => {
  const headers = {...options.headers, range: `bytes=${start}-${start + headBytes - 1}`}
  const answer = await openSource(url, {...options, headers, permits: permittedAddress()})
  try {
    return answer.statusCode === 206 && contentRange(answer.headers)?.start === start
      ? (await peek(answer.body, headBytes)).head
      : undefined
  } finally {
    answer.close()
  }
}

/** What stands behind tags that are longer than a look; what the name says, if the server does not show it. */
const contentBehindTags = async (head: Buffer, source: DirectSource, options: DirectOptions): Promise<Content> => {
  let [bytes, start] = [head, 0]
  for (let looks = 0; looks < maxLooks && leadingTagBytes(bytes) >= bytes.length; looks++) {
    start += leadingTagBytes(bytes)
    const more = await bytesFrom(source.answer.finalUrl, start, options).catch(() => undefined)
    options.signal?.throwIfAborted()
    if (more === undefined || more.length === 0) {
      return source.content
    }
    bytes = more
  }
  return start === 0 ? source.content : contentIn(bytes, source.answer, true)
}

const lookedAt = async (answer: SourceAnswer, isWhole: boolean, options: DirectOptions): Promise<LookedAt> => {
  const source = await toDirectSource(answer, options)
  if (isWhole) {
    return {...source, isWhole}
  }
  source.close()
  return {...source, content: await contentBehindTags(source.head, source, options), isWhole}
}

/**
 * Looks at the first bytes of a URL, by a range of them: a request for all would cost what the connection's buffers hold. A server that
 * refuses the range, or answers it with something else, is asked once more without one. Throws as `openDirect` does.
 */
export const lookAt = async (url: URL, options: DirectOptions = {}): Promise<LookedAt> => {
  const headers = {...options.headers, range: `bytes=0-${headBytes - 1}`}
  const answer = await openSource(url, {...options, headers, permits: permittedAddress()})
  const extent = mayTakeIt(answer) ? undefined : readExtent(answer)
  if (extent !== undefined) {
    return lookedAt(answer, extent === 'whole', options)
  }
  answer.close()
  return {...await openDirect(url, options), isWhole: true}
}
