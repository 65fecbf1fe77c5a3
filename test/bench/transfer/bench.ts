import {crc32} from 'node:zlib'
import {bundleWorkers, type WorkerName} from './bundles'
import {slices} from './bytes'
import {type Server, startServer, startWorker} from './processes'
import type {SinkMessage, SinkReport} from './sink'
import type {Cost} from './workers/serve'

export const mebibyte = 1024 ** 2
export const gibibyte = 1024 ** 3
/** Of both: bytes of a part, and parts under way. */
export const partBytes = 8 * mebibyte
export const inFlight = 3
/** Over bare Node, at every size. */
export const memoryTarget = 96 * mebibyte

/** All that a scenario works with. */
export interface Bench {
  readonly bundles: Readonly<Record<WorkerName, string>>
  readonly source: Server
  readonly sink: Server
  /** Peak of a Node process that does nothing. */
  readonly bareBytes: number
  readonly say: (text: string) => void
}

/** One line of the result: what was measured, what was to be reached. */
export interface Finding {
  readonly what: string
  readonly figure: string
  readonly target: string
  readonly met: boolean
}

const checksums = new Map<number, readonly number[]>()

/** CRC32 of each part that a file of this size must have. */
const expectedParts = (size: number): readonly number[] => {
  const known = checksums.get(size)
  if (known !== undefined) {
    return known
  }
  const parts = Array.from({length: Math.ceil(size / partBytes)}, (_, index) =>
    [...slices(index * partBytes, Math.min(size, (index + 1) * partBytes))].reduce((crc, bytes) => crc32(bytes, crc), 0))
  checksums.set(size, parts)
  return parts
}

/** Throws if the sink has other bytes than the source sent, or an upload that no one ended. */
export const requireWhole = ({parts, open}: SinkReport, size: number, what: string): void => {
  const expected = expectedParts(size)
  if (open > 0 || parts.length !== expected.length || parts.some(({number, crc}, index) => number !== index + 1 || crc !== expected[index])) {
    throw new Error(`Expected ${what} to bring ${size} bytes in ${expected.length} parts; the sink has ${parts.length} parts, not all of them right, and ${open} open uploads.`)
  }
}

/** Does one transfer in a new process, and proves that all bytes came. */
export const transfer = async (
  {bundles, source, sink}: Bench, worker: 'engine' | 'storage', size: number, query = ''
): Promise<Cost> => {
  const {run} = await startWorker(bundles[worker], sink.origin)
  const cost = await run({url: `${source.origin}/${size}.mp4${query}`, key: `${worker}.mp4`, partBytes, inFlight})
  requireWhole(await sink.ask<SinkReport>({clear: true} satisfies SinkMessage), size, worker)
  return cost
}

const bareBytes = async (bundle: string): Promise<number> => {
  const {run} = await startWorker(bundle, '')
  return (await run({url: '', key: '', partBytes, inFlight})).peakBytes
}

export const startBench = async (say: Bench['say']): Promise<Bench> => {
  const bundles = await bundleWorkers()
  const [source, sink] = await Promise.all([startServer('source'), startServer('sink')])
  return {bundles, source, sink, bareBytes: await bareBytes(bundles.bare), say}
}

export const stopBench = ({source, sink}: Bench): void => {
  source.stop()
  sink.stop()
}

export const megabytes = (bytes: number): string => (bytes / mebibyte).toFixed(1)

export const sizeName = (bytes: number): string => bytes >= gibibyte ? `${bytes / gibibyte} GiB` : `${bytes / mebibyte} MiB`

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
