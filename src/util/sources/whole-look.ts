import {openSource, type SourceAnswer} from '../../lib/http/Http'
import {announcedSize, contentRange, judge} from './answered-range'
import {isClaimedCoded} from './content-coding'
import {type DirectOptions, permittedAddress} from './direct-source'
import type {LookedAt} from './look'
import {rangedSource} from './ranged-source'
import {conditionHeaders, buildConditions} from './source-validators'

/** Of a file up to this many bytes a look is more than 3 % of it, so its rest is asked for rather than all of it. */
const smallBytes = 128 * 1024

async function* joined(head: Buffer, {body, close}: SourceAnswer): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield head
    yield* body
  } finally {
    close()
  }
}

/** Whether a server that was asked for a range under a condition sends all of the file instead, in the version of now. */
const isAll = ({statusCode, headers}: SourceAnswer, {size, answer}: LookedAt): boolean => statusCode === 200
  && announcedSize({statusCode, headers}) === size && headers['content-range'] === undefined
    && headers['content-type'] === answer.headers['content-type']

/**
 * Asks for the rest once, under the strongest condition; undefined if the answer is neither that nor the whole. Throws as `openSource`
 * does.
 */
const askRest = async (looked: LookedAt, options: DirectOptions): Promise<AsyncIterable<Buffer> | undefined> => {
  const {head, answer, size = 0} = looked
  const source = await rangedSource(answer, {...options, isTrusting: true})
  const [condition] = source === undefined ? [] : buildConditions(source.validators)
  if (source === undefined || condition === undefined) {
    return undefined
  }
  const {finalUrl, validators} = source
  const headers = {...options.headers, range: `bytes=${head.length}-${size - 1}`, ...conditionHeaders(condition, validators)}
  const rest = await openSource(finalUrl, {...options, headers, permits: permittedAddress()})
  const verdict = judge(rest, {start: head.length, end: size, size, validators, condition})
  const isRest = verdict?.kind === 'same' && verdict.end === size
  if ((isRest || isAll(rest, looked)) && !isClaimedCoded(rest.headers)) {
    return joined(isRest ? head : Buffer.alloc(0), rest)
  }
  rest.close()
  return undefined
}

/** All bytes of a small file of which a look brought the beginning; undefined if the rest cannot be proven to be of the same version. */
const smallBody = async (source: LookedAt, options: DirectOptions): Promise<AsyncIterable<Buffer> | undefined> => {
  const {head, answer, size = Infinity} = source
  const {start, end} = contentRange(answer.headers) ?? {}
  if (answer.statusCode !== 206 || start !== 0 || end !== head.length || size > smallBytes) {
    return undefined
  }
  return askRest(source, options).catch(() => {
    options.signal?.throwIfAborted()
    return undefined
  })
}

/**
 * All bytes of a file that was looked at, as far as none of them is asked for twice: those of an answer that brings the whole file anyway,
 * or the rest of a small file behind what the look brought. Undefined if the file is to be asked for again. Reading it throws as
 * `openSource` says.
 */
export const readWholeBody = async (source: LookedAt, options: DirectOptions = {}): Promise<AsyncIterable<Buffer> | undefined> =>
  source.isWhole ? source.body : smallBody(source, options)
