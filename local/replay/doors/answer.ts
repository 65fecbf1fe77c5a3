import type {ShadowBundle} from '../bundle'

/** What a source is asked: what it has, or for all of its bytes. */
export type Purpose = 'identify' | 'transfer'

/** An answer as the door to sources gives it. */
export interface SourceAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly finalUrl: URL
  readonly body: AsyncIterable<Buffer>
  close: () => void
}

/** What yt-dlp says about a URL, as its door gives it. */
export interface MediaDescription {
  readonly title?: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishedAt?: number
  readonly releasedAt?: number
  readonly liveStatus: string
  readonly info: Readonly<Record<string, unknown>>
}

/** The world beyond the doors to sources, for one attempt. A method throws what the source fails by; `unknown` if no one knows. */
export interface Source {
  open: (url: URL, purpose: Purpose, headers: Readonly<Record<string, string>>) => SourceAnswer | 'unknown'
  describe: (url: URL, purpose: Purpose) => MediaDescription | 'unknown'
}

/** Answers with these bytes, or the part of them that is asked for. */
export const buildAnswer = (finalUrl: URL, content: Buffer, headers: Readonly<Record<string, string>>, range?: string): SourceAnswer => {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const part = from === undefined ? content : content.subarray(Number(from), to === '' || to === undefined ? undefined : Number(to) + 1)
  const partHeaders: Record<string, string> = from === undefined ? {} : {'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${content.length}`}
  return {
    statusCode: from === undefined ? 200 : 206,
    headers: {...headers, 'content-length': String(part.length), 'accept-ranges': 'bytes', ...partHeaders},
    finalUrl,
    body: (async function* () { yield part })(),
    close: () => undefined
  }
}

/** The error by which a source failed once, as today's code knows it; undefined for a name that no source has. */
export const sourceError = ({NamedError, errorTable}: ShadowBundle, name: string, message: string): Error | undefined => {
  const category = errorTable[name]?.category
  return category === undefined || category === 'system' ? undefined : new NamedError(name, message)
}
