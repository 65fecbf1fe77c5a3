import {createHash} from 'node:crypto'
import {existsSync, globSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {readJson} from '../../shared/read-json'
import {writeFile} from './write-file'

/** Size, time of change and digest of every file that a build read, by path from the root, and of what it wrote. */
type Stamp = Readonly<Record<string, string>>

/** A build whose outcome is remembered. */
export interface Remembered {
  readonly root: string
  readonly stampFile: string
  /** Globs of files that esbuild does not read, yet decide what it does. */
  readonly programs: readonly string[]
  /** Files that it must have written. */
  readonly files: readonly string[]
}

/** npm writes it whenever it changes what is installed: it stands for thousands of files. */
const installed = 'node_modules/.package-lock.json'

const packagesAsOne = (root: string, paths: readonly string[]): string[] => existsSync(join(root, installed))
  ? [...new Set(paths.map((path) => path.startsWith('node_modules/') ? installed : path))]
  : [...new Set(paths)]

const sizeAndTime = (path: string): string => {
  const {size, mtimeMs} = statSync(path)
  return `${size} ${mtimeMs}`
}

const readState = (path: string): string => `${sizeAndTime(path)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`

const digestOf = (state: string): string => state.slice(state.lastIndexOf(' ') + 1)

/** What a file is like now; undefined if it has other bytes than then. It is read only if its size or its time of change is another. */
const confirm = (path: string, then: string): string | undefined => {
  if (then.startsWith(`${sizeAndTime(path)} `)) {
    return then
  }
  const now = readState(path)
  return digestOf(now) === digestOf(then) ? now : undefined
}

const readStamp = ({root, stampFile}: Remembered): Stamp => {
  try {
    return readJson<Stamp>(join(root, stampFile))
  } catch {
    return {}
  }
}

const confirmAll = (root: string, stamp: Stamp): Stamp | undefined => {
  const now: Record<string, string> = {}
  for (const [path, then] of Object.entries(stamp)) {
    const state = confirm(join(root, path), then)
    if (state === undefined) {
      return undefined
    }
    now[path] = state
  }
  return now
}

const timeOf = (state: string): number => Number(state.split(' ')[1])

/** A file that changed since the stamp was begun may change once more without another size or time. */
const write = ({root, stampFile}: Remembered, stamp: Stamp, read: readonly string[], startedAt: number): void => {
  if (read.every((path) => timeOf(stamp[path]!) < startedAt)) {
    writeFile(join(root, stampFile), JSON.stringify(stamp))
  }
}

/** Whether the bytes of everything that the last build read and wrote are as they were. */
export const isFresh = (build: Remembered): boolean => {
  const startedAt = Date.now()
  const stamp = readStamp(build)
  try {
    const now = build.files.every((path) => path in stamp) ? confirmAll(build.root, stamp) : undefined
    if (now !== undefined && Object.entries(now).some(([path, state]) => stamp[path] !== state)) {
      write(build, now, Object.keys(now), startedAt)
    }
    return now !== undefined
  } catch {
    return false
  }
}

/** Remembers a build. A file that changed since it began may or may not be in it: then nothing is remembered. */
export const remember = (build: Remembered, inputs: readonly string[], outputs: readonly string[], startedAt: number): void => {
  const {root, programs} = build
  const read = packagesAsOne(root, [...inputs, ...globSync([...programs], {cwd: root})])
  const states = [...read, ...outputs].map((path): [string, string] => [path, readState(join(root, path))])
  write(build, Object.fromEntries(states), read, startedAt)
}
