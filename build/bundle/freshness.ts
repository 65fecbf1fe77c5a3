import {globSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {readJson} from '../../shared/read-json'
import {writeFile} from './write-file'

/** Size and time of change of every file that a build read, by path from the root, and of what it wrote. */
type Stamp = Readonly<Record<string, string>>

/** A build whose outcome is remembered. */
export interface Remembered {
  readonly root: string
  readonly stampFile: string
  /** Globs of files that esbuild does not read, yet decide what it does. */
  readonly programs: readonly string[]
}

const listPrograms = ({root, programs}: Remembered): string[] => globSync([...programs], {cwd: root})

const readState = (root: string, path: string): string => {
  const {size, mtimeMs} = statSync(join(root, path))
  return `${size} ${mtimeMs}`
}

const readStamp = ({root, stampFile}: Remembered): Stamp => {
  try {
    return readJson<Stamp>(join(root, stampFile))
  } catch {
    return {}
  }
}

/** Whether everything that the last build read and wrote is as it was, and these files were among it. */
export const isFresh = (build: Remembered, files: readonly string[]): boolean => {
  const stamp = readStamp(build)
  try {
    return [...files, ...listPrograms(build)].every((path) => path in stamp)
      && Object.entries(stamp).every(([path, state]) => readState(build.root, path) === state)
  } catch {
    return false
  }
}

/** Remembers a build. A file that changed since it began may or may not be in it: then nothing is remembered. */
export const remember = (build: Remembered, inputs: readonly string[], outputs: readonly string[], startedAt: number): void => {
  const {root, stampFile} = build
  const read = [...new Set([...inputs, ...listPrograms(build)])]
  if (read.every((path) => statSync(join(root, path)).mtimeMs < startedAt)) {
    const states = [...read, ...outputs].map((path): [string, string] => [path, readState(root, path)])
    writeFile(join(root, stampFile), JSON.stringify(Object.fromEntries(states)))
  }
}
