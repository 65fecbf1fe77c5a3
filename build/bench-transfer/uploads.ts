import {createHash} from 'node:crypto'
import {closeSync, openSync, readSync, rmSync, writeSync} from 'node:fs'
import {join} from 'node:path'

/** A part as the sink has it. */
export interface Part {
  readonly number: number
  readonly size: number
  /** CRC32 of the bytes that came. */
  readonly crc: number
}

export interface Upload {
  readonly id: string
  readonly parts: Map<number, Part>
  completed: boolean
  /** Where its bytes lie, if they are kept. */
  readonly file?: number
  readonly path?: string
}

/** All uploads of the sink. With a folder their bytes are kept, each part at its place; without one they are counted and dropped. */
export const createUploads = (folder: string | undefined, partBytes: number) => {
  const uploads = new Map<string, Upload>()
  let created = 0
  const find = (id: string): Upload | undefined => uploads.get(id)
  const forget = ({id, file, path}: Upload): void => {
    if (file !== undefined && path !== undefined) {
      closeSync(file)
      rmSync(path)
    }
    uploads.delete(id)
  }
  return {
    find,
    forget,
    create: (): Upload => {
      const id = `upload-${++created}`
      const path = folder === undefined ? undefined : join(folder, id)
      const upload = {id, parts: new Map<number, Part>(), completed: false, ...(path !== undefined && {path, file: openSync(path, 'w+')})}
      uploads.set(id, upload)
      return upload
    },
    write: ({file}: Upload, number: number, offset: number, bytes: Buffer): void => {
      if (file !== undefined) {
        writeSync(file, bytes, 0, bytes.length, (number - 1) * partBytes + offset)
      }
    },
    all: (): Upload[] => [...uploads.values()]
  }
}

export type Uploads = ReturnType<typeof createUploads>

/** SHA-256 of the bytes that an upload's parts make together. */
export const sha256Of = ({file, parts}: Upload): string => {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(1024 ** 2)
  const size = [...parts.values()].reduce((sum, part) => sum + part.size, 0)
  for (let at = 0; file !== undefined && at < size;) {
    const count = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at)
    hash.update(buffer.subarray(0, count))
    at += count
  }
  return hash.digest('hex')
}
