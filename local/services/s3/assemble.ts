import {open, truncate, type FileHandle} from 'node:fs/promises'
import type {S3Context} from './context'
import {adopt, openForWriting} from './files'
import {sharedFile} from './slots'
import type {Part} from './uploads'

/** Whether the parts lie one after the other in the file they share. */
const isContiguous = (parts: readonly Part[]): boolean => {
  let end = 0
  return parts.every(({file, offset, size}) => {
    const fits = file === sharedFile && offset === end
    end += size
    return fits
  })
}

const copyPart = async (target: FileHandle, path: string, {offset, size}: Part, position: number): Promise<void> => {
  const source = await open(path, 'r')
  try {
    for (let done = 0; done < size;) {
      const {bytesRead, buffer} = await source.read(Buffer.allocUnsafe(Math.min(1024 * 1024, size - done)), {position: offset + done})
      if (bytesRead === 0) {
        throw new Error(`Expected ${size} bytes of a part in ${path}; got ${done}.`)
      }
      await target.write(buffer, 0, bytesRead, position + done)
      done += bytesRead
    }
  } finally {
    await source.close()
  }
}

const copyParts = async (context: S3Context, uploadId: string, parts: readonly Part[], path: string): Promise<void> => {
  const target = await openForWriting(path)
  try {
    let position = 0
    for (const part of parts) {
      await copyPart(target, context.files.uploadPath(uploadId, part.file), part, position)
      position += part.size
    }
  } finally {
    await target.close()
  }
}

/** Makes one plain file of the parts: the one they share if they lie in it as they should, else a copy. */
export const assemble = async (context: S3Context, uploadId: string, parts: readonly Part[], path: string): Promise<void> => {
  if (!isContiguous(parts)) {
    await copyParts(context, uploadId, parts, path)
    return
  }
  const shared = context.files.uploadPath(uploadId, sharedFile)
  await truncate(shared, parts.reduce((sum, {size}) => sum + size, 0))
  await adopt(shared, path)
}
