import type {Attempt} from '../attempts'
import type {ShadowBundle} from '../bundle'
import type {MediaDescription, Purpose, Source, SourceAnswer} from './answer'

/** An answer of a source as a capture keeps it. */
export interface CapturedAnswer {
  readonly purpose: Purpose
  readonly url: string
  /** Where redirects led. */
  readonly finalUrl: string
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  /** First bytes, base64. */
  readonly head: string
  /** Bytes of the whole, where all of it was there. */
  readonly size?: number
}

/** What a source refused by, where it did not answer at all; an error of src/util/errors. */
export interface CapturedError {
  readonly purpose: Purpose
  readonly url: string
  readonly name: string
  readonly message: string
}

/** What yt-dlp said, where it was asked. */
export interface CapturedDescription {
  readonly purpose: Purpose
  readonly url: string
  readonly description: MediaDescription
}

/** What the world answered, by the attempt's correlationId. */
export type CapturedSources = Readonly<Record<string, {
  readonly answers: readonly CapturedAnswer[]
  readonly errors: readonly CapturedError[]
  readonly descriptions: readonly CapturedDescription[]
}>>

const body = (head: Buffer, size: number): AsyncIterable<Buffer> => (async function* () {
  yield head
  if (size > head.length) {
    yield await Promise.resolve(Buffer.alloc(size - head.length))
  }
})()

const replayed = ({finalUrl, statusCode, headers, head, size}: CapturedAnswer): SourceAnswer => {
  const bytes = Buffer.from(head, 'base64')
  return {statusCode, headers, finalUrl: new URL(finalUrl), body: body(bytes, size ?? bytes.length), close: () => undefined}
}

/** The source as it answered when it was captured; today's code judges the answer anew. */
export const capturedSource = (bundle: ShadowBundle, sources: CapturedSources, {correlationId}: Attempt): Source | undefined => {
  const captured = sources[correlationId]
  if (captured === undefined) {
    return undefined
  }
  const pick = <T extends {readonly purpose: Purpose}>(items: readonly T[], purpose: Purpose): T | undefined =>
    items.find((item) => item.purpose === purpose) ?? items[0]
  const fail = (purpose: Purpose): void => {
    const error = pick(captured.errors, purpose)
    if (error?.purpose === purpose) {
      throw new bundle.NamedError(error.name, error.message)
    }
  }
  return {
    open: (_url, purpose) => {
      fail(purpose)
      const answer = pick(captured.answers, purpose)
      return answer === undefined ? 'unknown' : replayed(answer)
    },
    describe: (_url, purpose) => {
      fail(purpose)
      return pick(captured.descriptions, purpose)?.description ?? 'unknown'
    }
  }
}
