import {type FSWatcher, globSync, statSync, watch} from 'node:fs'
import {join} from 'node:path'

/** Editors write a file in several steps. */
const settleMilliseconds = 20

/** A folder that was made again, as by a change of branch, is another one, even if it has the same inode. */
const readIdentity = (path: string): string => {
  const {ino, birthtimeMs} = statSync(path, {throwIfNoEntry: false}) ?? {}
  return `${path}:${ino}:${birthtimeMs}`
}

/** Paths of a folder and all below it, tests aside, by identity. */
const foldersBelow = (folder: string): Map<string, string> => {
  const paths = ['', ...globSync('**/', {cwd: folder, exclude: (name) => name === 'test'})].map((path) => join(folder, path, '.'))
  return new Map(paths.map((path) => [readIdentity(path), path]))
}

/**
 * Calls back soon after anything below a folder was saved, tests aside. It watches folders, not files: editors replace
 * files, and the watch of a file would be of the old one.
 */
export const watchFolder = (folder: string, onSave: () => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  const follow = (): void => {
    const folders = foldersBelow(folder)
    for (const [identity, watcher] of watchers) {
      if (!folders.has(identity)) {
        watcher.close()
        watchers.delete(identity)
      }
    }
    for (const [identity, path] of folders) {
      if (!watchers.has(identity)) {
        // A folder may be gone before it is watched; the save that follows shows.
        watchers.set(identity, watch(path, saved).on('error', () => undefined))
      }
    }
  }
  const saved = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      follow()
      onSave()
    }, settleMilliseconds)
  }
  follow()
  return () => {
    clearTimeout(timer)
    watchers.forEach((watcher) => watcher.close())
  }
}
