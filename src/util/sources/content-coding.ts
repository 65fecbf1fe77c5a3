import type {IncomingHttpHeaders} from 'node:http'
import type {SourceAnswer} from '../../lib/http/Http'
import {type Coding, decodedBody, decodedHead} from './decode'
import {formatOfBytes} from '../media/media-formats'
import {peek} from './peek'

/** An answer's bytes once the codings are off that are really on them. */
export interface Uncoded {
  /** The first bytes, as they are and as they came. */
  readonly head: Buffer
  readonly codedHead: Buffer
  /** All bytes as they are, the first ones included. */
  readonly body: AsyncIterable<Buffer>
  /** Whether a coding was taken off: the announced length is not that of the bytes then. */
  readonly isCoded: boolean
  /** Whether a coding is claimed that is not on the bytes. */
  readonly isMislabelled: boolean
}

/** In the order in which each is tried: `deflate` is in the zlib format by RFC 9110, and bare if servers got that wrong. */
const codings: Readonly<Record<string, readonly Coding[]>> = {
  gzip: ['gzip'], 'x-gzip': ['gzip'], deflate: ['deflate', 'deflate-raw'], br: ['br'], zstd: ['zstd']
}

/**
 * Codings of `Content-Encoding` that change bytes, in the order in which they were put on. All else changes none of what we read
 * (`identity`, `aws-chunked`) or is no coding at all (`utf-8`, `binary`, `none`), so that the bytes decide.
 */
const claimedCodings = ({'content-encoding': text = ''}: IncomingHttpHeaders): ReadonlyArray<readonly Coding[]> =>
  text.toLowerCase().split(',').flatMap((each) => Object.hasOwn(codings, each.trim()) ? [codings[each.trim()]!] : [])

/** Whether an answer says that its bytes are coded; a range of such bytes is of no use. */
export const isClaimedCoded = (headers: IncomingHttpHeaders): boolean => claimedCodings(headers).length > 0

interface Found {
  readonly coding: Coding
  readonly head: Buffer
}

const findCoding = async (candidates: readonly Coding[], head: Buffer): Promise<Found | undefined> => {
  for (const coding of candidates) {
    const decoded = await decodedHead(head, coding)
    // Nearly any bytes are a beginning in some coding; those of a known format are what they look like.
    if (decoded !== undefined && (formatOfBytes(head) === undefined || formatOfBytes(decoded) !== undefined)) {
      return {coding, head: decoded}
    }
  }
  return undefined
}

/**
 * Looks at the first bytes of an answer, as `peek` does, and takes off the codings that it claims, outermost first. A claim that the bytes
 * do not bear out is left aside, as by curl. Reading the body throws as `decodedBody` does, and what the answer's body throws.
 */
export const uncoded = async (
  {headers, body, finalUrl}: Pick<SourceAnswer, 'headers' | 'body' | 'finalUrl'>, count: number, wanted?: (head: Buffer) => number
): Promise<Uncoded> => {
  const raw = await peek(body, count, isClaimedCoded(headers) ? undefined : wanted)
  const claimed = raw.head.length === 0 ? [] : claimedCodings(headers)
  const found: Coding[] = []
  let {head} = raw
  for (const candidates of claimed.toReversed()) {
    const next = await findCoding(candidates, head)
    if (next !== undefined) {
      found.push(next.coding)
      head = next.head
    }
  }
  return {
    head, codedHead: raw.head, body: found.length === 0 ? raw.body : decodedBody(raw.body, found, finalUrl.host),
    isCoded: found.length > 0, isMislabelled: found.length < claimed.length
  }
}
