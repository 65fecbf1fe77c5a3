import {type FSWatcher, globSync, watch} from 'node:fs'
import {join} from 'node:path'

/** Editors write a file in several steps. */
const settleMilliseconds = 20

const foldersBelow = (folder: string): Set<string> =>
  new Set(['', ...globSync('**/', {cwd: folder, exclude: (name) => name === 'test'})].map((path) => join(folder, path, '.')))

/**
 * Calls back soon after anything below a folder was saved, tests aside. It watches folders, not files: editors replace
 * files, and the watch of a file would be of the old one.
 */
export const watchFolder = (folder: string, onSave: () => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  const follow = (): void => [...foldersBelow(folder)].filter((path) => !watchers.has(path)).forEach((path) => {
    const watcher = watch(path, saved)
    // A folder that is removed takes its watch with it.
    watcher.on('error', () => watcher.close()).on('close', () => watchers.delete(path))
    watchers.set(path, watcher)
  })
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
