import {createReadStream} from 'node:fs'
import {mkdtemp, readdir, rm, stat, statfs} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {NamedError} from '../../util/errors'

/** Tracks and the file muxed from them lie side by side for a while. */
const diskFactor = 2
const watchMilliseconds = 500

const tooLarge = (limit: number, allowedBy: string): NamedError =>
  new NamedError('FileTooLargeError',
    `The media has more than ${limit} bytes, the most that ${allowedBy} allows. Choose a smaller version,`
      + ' or ask the operator to raise the limit.')

/** A new folder in ephemeral storage. */
export const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'yt-dlp-'))

/** Removes a folder and all in it. */
export const removeFolder = (folder: string): Promise<void> => rm(folder, {recursive: true, force: true, maxRetries: 3})

/** Throws FileTooLargeError if media of this size (if it is known) exceeds the limit, or has no room beside the tracks it is muxed from. */
export const requireSpace = async (folder: string, size: number | undefined, maxBytes: number): Promise<void> => {
  const {bavail, bsize} = await statfs(folder)
  const room = Math.floor(bavail * bsize / diskFactor)
  if (size !== undefined && size > Math.min(maxBytes, room)) {
    throw maxBytes < room ? tooLarge(maxBytes, 'max_file_bytes') : tooLarge(room, 'the ephemeral storage, transfer_storage_mb,')
  }
}

const bytesIn = async (folder: string): Promise<number> => {
  const names = await readdir(folder).catch(() => [])
  const sizes = names.filter((name) => name.startsWith('media.')).map((name) => stat(join(folder, name)).then(({size}) => size, () => 0))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

export interface Watch {
  readonly maxBytes: number
  readonly onBytes?: (bytes: number) => void
  /** Called if the bytes are too many even for tracks and muxed file together. */
  readonly stop: (reason: NamedError) => void
}

/** Calls out the bytes on disk now and then, until its result is called. */
export const watchFolder = (folder: string, {maxBytes, onBytes, stop}: Watch): () => void => {
  const look = async (): Promise<void> => {
    const bytes = await bytesIn(folder)
    onBytes?.(Math.min(bytes, maxBytes))
    if (bytes > maxBytes * diskFactor) {
      stop(tooLarge(maxBytes, 'max_file_bytes'))
    }
  }
  const timer = setInterval(() => void look(), watchMilliseconds)
  return () => clearInterval(timer)
}

/** The one file `media.<extension>` in a folder. Throws EmptyBodyError if there is none, FileTooLargeError. */
export const resultIn = async (folder: string, maxBytes: number): Promise<{readonly path: string, readonly size: number}> => {
  const names = (await readdir(folder)).filter((name) => /^media\.[a-z0-9]{1,8}$/.test(name))
  const path = join(folder, names[0] ?? '')
  const size = names.length === 1 ? (await stat(path)).size : 0
  if (size === 0) {
    throw new NamedError('EmptyBodyError', 'The site sent nothing that could be kept as a file. Look for another source of the same media.')
  }
  if (size > maxBytes) {
    throw tooLarge(maxBytes, 'max_file_bytes')
  }
  return {path, size}
}

/** The bytes of a file; it is opened when the first one is taken. */
export async function* readFrom(path: string): AsyncGenerator<Buffer, void, undefined> {
  yield* createReadStream(path, {highWaterMark: 1024 * 1024}) as AsyncIterable<Buffer>
}
