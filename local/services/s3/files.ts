import {randomUUID} from 'node:crypto'
import {mkdirSync, readdirSync} from 'node:fs'
import {link, mkdir, open, rename, rm, type FileHandle} from 'node:fs/promises'
import {dirname, join} from 'node:path'

/**
 * Objects and parts as plain files: `objects/<id>/<name>` and `uploads/<id>/<name>`. Each write of an object has an id of
 * its own, so that the old one stays whole until the new one is recorded, and names that differ by case never meet.
 */
export interface Files {
  /** A path for a new object, named after its key's last segment. */
  newObject: (key: string) => {readonly id: string, readonly path: string}
  objectPath: (id: string, key: string) => string
  uploadPath: (uploadId: string, name: string) => string
  removeObject: (id: string) => Promise<void>
  removeUpload: (uploadId: string) => Promise<void>
  /** Drops what no record knows: writes that a killed process left behind. */
  sweep: (objectIds: ReadonlySet<string>, uploadIds: ReadonlySet<string>) => Promise<void>
}

const longestName = 200

/** A file name that every system takes. */
const fileName = (key: string): string => {
  const last = key.split('/').at(-1)!.replace(/[^\w.@+=,-]/g, '_').slice(-longestName)
  return /^\.*$/.test(last) ? `object${last}` : last
}

export const openFiles = (folder: string): Files => {
  const [objects, uploads] = [join(folder, 'objects'), join(folder, 'uploads')]
  mkdirSync(objects, {recursive: true})
  mkdirSync(uploads, {recursive: true})
  const remove = (path: string): Promise<void> => rm(path, {recursive: true, force: true})
  const objectPath = (id: string, key: string): string => join(objects, id, fileName(key))
  // Listed at once, before anything new is there; removed at leisure.
  const sweepFolder = (path: string, known: ReadonlySet<string>): Array<Promise<void>> =>
    readdirSync(path).filter((name) => !known.has(name)).map((name) => remove(join(path, name)))
  return {
    objectPath,
    newObject: (key) => {
      const id = randomUUID()
      return {id, path: objectPath(id, key)}
    },
    uploadPath: (uploadId, name) => join(uploads, uploadId, name),
    removeObject: (id) => remove(join(objects, id)),
    removeUpload: (uploadId) => remove(join(uploads, uploadId)),
    sweep: async (objectIds, uploadIds) => {
      const left = await Promise.allSettled([...sweepFolder(objects, objectIds), ...sweepFolder(uploads, uploadIds)])
      left.filter((each) => each.status === 'rejected').forEach(({reason}) => process.emitWarning(String(reason)))
    }
  }
}

/** Opens a file for writing at any place, making its folder. */
export const openForWriting = async (path: string): Promise<FileHandle> => {
  await mkdir(dirname(path), {recursive: true})
  const existing = await open(path, 'r+').catch(() => undefined)
  return existing ?? open(path, 'w+')
}

/** Gives a file a second name, so that it is reachable by the first until that is removed; moves it if a disk has no links. */
export const adopt = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), {recursive: true})
  await link(from, to).catch(() => rename(from, to))
}
