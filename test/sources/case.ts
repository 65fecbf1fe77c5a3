import type {IncomingMessage, ServerResponse} from 'node:http'
import type {AudioWish, FileView, Preset} from '../../src/types/domain'

/** One request of a source under test, and what its answer may want to know. */
export interface SourceExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** Which request to this case it is, from 1 on. */
  readonly nth: number
}

export type Serve = (exchange: SourceExchange) => Promise<void> | void

/** What was seen of a case at the source. */
export interface Seen {
  readonly requests: ReadonlyArray<{readonly path: string, readonly headers: IncomingMessage['headers'], readonly at: number}>
  /** Bytes of bodies that were handed to the connections. */
  bytes: number
}

/** A behaviour of a source: what it does, what we do, and what must come of it. Each is a row of docs/sources.md and a test. */
export interface SourceCase {
  /** The source's behaviour, as the start of a table row. */
  readonly behaviour: string
  /** What MediaDownloader does about it, as the rest of the row. */
  readonly outcome: string
  /** Makes the answers of one run of this case; state of the source lives in its closure. */
  readonly serve: () => Serve
  /** Path and query to ask for; `/film.mp4` by default. */
  readonly path?: string
  readonly preset?: Preset
  /** The sound to ask for. */
  readonly audio?: AudioWish
  /** How much of a broadcast to ask for. */
  readonly record?: {readonly seconds: number}
  /** How the file ends, matched as by `toMatchObject`. */
  readonly file: {readonly [K in keyof FileView]?: unknown}
  /** Of rows in real time: looks at what the file was seen to wait for, which must be something; throws or expects. */
  readonly waits?: (waiting: NonNullable<FileView['waiting']>) => void
  /** The bytes that must lie in S3, exactly: size of the synthetic MP4 (see test/helpers/media/synthetic), or the bytes themselves. */
  readonly stored?: Buffer | {readonly synthetic: number, readonly version?: number}
  readonly mostRequests?: number
  /** Most bytes of bodies, as a multiple of the stored file. 1.05 if nothing is said. */
  readonly mostBytes?: number
  /** Further checks of what was asked; throws or expects. */
  readonly check?: (seen: Seen, file: FileView) => void | Promise<void>
  /** Runs on the machine's clock, for what takes real seconds by its nature; all others on a virtual one, where waits cost nothing. */
  readonly isRealTime?: true
  /** Milliseconds that it may take on a busy machine; 120,000 by default. */
  readonly milliseconds?: number
}

/** A subject of the table. */
export interface SourceSubject {
  readonly heading: string
  readonly cases: readonly SourceCase[]
}
