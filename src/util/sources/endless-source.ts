import type {SourceAnswer} from '../../lib/http/Http'
import {NamedError} from '../errors'
import {maxRecordSeconds} from '../media/record-wish'
import {type SoundClock, soundClock} from '../media/sound-clock'

type Answer = Pick<SourceAnswer, 'headers' | 'finalUrl'>

const endless = (host: string): NamedError => new NamedError('EndlessSourceError',
  `${host} sends a live broadcast that never ends, such as a radio station, so there is no file to keep.`
    + ` Ask for a recording of it (the first ${maxRecordSeconds / 60} minutes at most), or use the link of a single recording instead.`)

const endlessPictures = (host: string): NamedError => new NamedError('EndlessSourceError',
  `${host} sends a live broadcast of a camera's pictures that never ends, so there is no file to keep.`
    + ' Use the link of a single recording instead.')

const hasLength = ({headers}: Pick<Answer, 'headers'>): boolean =>
  headers['content-length'] !== undefined || headers['content-range'] !== undefined

/** What only files have: a broadcast has no state that could be asked for again. */
const isFile = ({headers}: Answer): boolean =>
  hasLength({headers}) || headers.etag !== undefined || headers['last-modified'] !== undefined
    || headers['content-disposition'] !== undefined

const radioServers = /\b(?:icecast|shoutcast|steamcast|rocketstreaming|rsas|liquidsoap)\b/i

const isRadio = ({headers}: Answer): boolean =>
  Object.keys(headers).some((name) => /^(?:icy|ice)-/.test(name)) || radioServers.test(String(headers.server ?? ''))

/**
 * Throws EndlessSourceError if an answer without a length says by its headers that it is a broadcast: a camera's pictures, or sound of
 * radio servers that is not to be recorded.
 */
export const requireEnd = (answer: Answer, isRecorded = false): void => {
  const {headers, finalUrl} = answer
  if (!hasLength(answer) && /^multipart\/x-mixed-replace\b/i.test(headers['content-type'] ?? '')) {
    throw endlessPictures(finalUrl.host)
  }
  if (!isRecorded && !hasLength(answer) && isRadio(answer)) {
    throw endless(finalUrl.host)
  }
}

interface Span {
  readonly milliseconds: number
  readonly bytes: number
  /** Of sound; 0 if it cannot be told. */
  readonly seconds: number
}

const spanMilliseconds = 4_000
/** The first span is not among them: radio servers begin with what they have in store. */
const spansToTell = 8
const watchedMilliseconds = 180_000
/** Bytes a second of sound: 24 to 400 kbit/s. */
const [leastPace, maxPace] = [3_000, 50_000]

const sum = (spans: readonly Span[], what: keyof Span): number => spans.reduce((total, span) => total + span[what], 0)

const isNear = (value: number, expected: number, tolerance: number): boolean => Math.abs(value - expected) <= expected * tolerance

/** Whether sound comes as fast as it plays: over all spans nearly exactly, in each of them roughly. */
const isLive = (spans: readonly Span[]): boolean => {
  const [milliseconds, bytes, seconds] = [sum(spans, 'milliseconds'), sum(spans, 'bytes'), sum(spans, 'seconds')]
  if (seconds > 0) {
    return isNear(seconds * 1000, milliseconds, 0.1) && spans.every((span) => isNear(span.seconds * 1000, span.milliseconds, 0.5))
  }
  const pace = bytes * 1000 / milliseconds
  return pace >= leastPace && pace <= maxPace && spans.every((span) => isNear(span.bytes * 1000 / span.milliseconds, pace, 0.3))
}

/**
 * Watches sound of unknown length: call it with each chunk and a clock in milliseconds. It returns whether the sound is a broadcast, by its
 * pace over the last half minute, and undefined once nothing will show it any more.
 */
export const endlessWatch = (clock: SoundClock = soundClock()): (chunk: Buffer, now: number) => boolean | undefined => {
  const spans: Span[] = []
  let [begun, since, bytes, before] = [Number.NaN, Number.NaN, 0, 0]
  return (chunk, now) => {
    [begun, since] = Number.isNaN(begun) ? [now, now] : [begun, since]
    bytes += chunk.length
    const seconds = clock(chunk)
    if (now - since < spanMilliseconds) {
      return now - begun > watchedMilliseconds ? undefined : false
    }
    spans.push({milliseconds: now - since, bytes, seconds: seconds - before})
    ;[since, bytes, before] = [now, 0, seconds]
    return spans.length > spansToTell && isLive(spans.slice(-spansToTell))
  }
}

/** Files of these kinds are made to be whole; a broadcast is none of them. */
const wholeByNature = /^audio\/(?:mp4|x-m4a|m4a|flac|x-flac|wav|x-wav|vnd\.wave|aiff|x-aiff)\b/i

/**
 * The bytes of an answer, unless they are sound without a length that turns out to be a broadcast: then it throws EndlessSourceError within
 * 45 s.
 */
export const endingBody = (body: AsyncIterable<Buffer>, answer: Answer, contentType: string): AsyncIterable<Buffer> =>
  !contentType.startsWith('audio/') || wholeByNature.test(contentType) || isFile(answer) ? body : watched(body, answer)

async function* watched(body: AsyncIterable<Buffer>, {finalUrl}: Answer): AsyncGenerator<Buffer, void, undefined> {
  let watch: ReturnType<typeof endlessWatch> | undefined = endlessWatch()
  for await (const chunk of body) {
    const isEndless: boolean | undefined = watch?.(chunk, performance.now())
    if (isEndless) {
      throw endless(finalUrl.host)
    }
    watch = isEndless === undefined ? undefined : watch
    yield chunk
  }
}
