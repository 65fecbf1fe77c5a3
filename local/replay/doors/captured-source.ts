import type {Attempt} from '../attempts'
import {scaledSize} from '../scaled'
import type {Purpose, Source, SourceAnswer} from './answer'

/** An answer of a source as a capture keeps it. */
export interface CapturedAnswer {
  readonly purpose: Purpose
  /** ISO 8601 UTC. */
  readonly at: string
  /** Where redirects led. */
  readonly finalUrl: string
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  /** First bytes, base64. */
  readonly head: string
}

/** What the world answered, by the attempt's correlationId. */
export type CapturedSources = Readonly<Record<string, {readonly answers: readonly CapturedAnswer[]}>>

type Captured = CapturedSources[string]

/** What a source is when it is not what was captured, and how to say when that was. */
export interface Stand {
  readonly otherwise: Source
  advance: (to: number) => void
}

const body = (head: Buffer, size: number): AsyncIterable<Buffer> => (async function* () {
  yield head
  if (size > head.length) {
    yield await Promise.resolve(Buffer.alloc(size - head.length))
  }
})()

/** Sizes are scaled as those of events are. */
const scaledHeaders = ({headers}: CapturedAnswer): Record<string, string> => {
  const {'content-length': length, 'content-range': range, ...others} = headers
  const [, whole] = /^bytes 0-\d+\/(\d+)$/.exec(range ?? '') ?? []
  return {
    ...others, ...(length !== undefined && {'content-length': String(scaledSize(Number(length)))}),
    ...(range !== undefined && {'content-range': whole === undefined ? range : `bytes 0-${scaledSize(Number(whole)) - 1}/${scaledSize(Number(whole))}`})
  }
}

const replayed = (answer: CapturedAnswer): SourceAnswer => {
  const {finalUrl, statusCode, head} = answer
  const headers = scaledHeaders(answer)
  const bytes = Buffer.from(head, 'base64')
  const size = Number(headers['content-length'] ?? bytes.length)
  return {statusCode, headers, finalUrl: new URL(finalUrl), body: body(bytes.subarray(0, size), size), close: () => undefined}
}

/** What was captured for a purpose, one after the other; the last one again and again. */
const series = <T extends {readonly purpose: Purpose}>(items: readonly T[]): ((purpose: Purpose) => T | undefined) => {
  const left: Record<Purpose, T[]> = {
    identify: items.filter(({purpose}) => purpose === 'identify'), transfer: items.filter(({purpose}) => purpose === 'transfer')
  }
  return (purpose) => left[purpose].length > 1 ? left[purpose].shift() : left[purpose][0]
}

const createSource = ({answers}: Captured, {otherwise, advance}: Stand): Source => {
  const next = series(answers)
  return {
    open: (url, purpose, headers) => {
      const answer = next(purpose)
      if (answer === undefined) {
        return otherwise.open(url, purpose, headers)
      }
      advance(Date.parse(answer.at))
      return replayed(answer)
    },
    describe: (url, purpose) => otherwise.describe(url, purpose)
  }
}

/** The source as it answered when it was captured; today's code judges the answer again. What was not captured is as the archive says. */
export const capturedSource = (sources: CapturedSources, {correlationId}: Attempt, stand: Stand): Source | undefined => {
  const captured = sources[correlationId]
  return captured && createSource(captured, stand)
}
