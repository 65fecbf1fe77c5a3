import {globSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {writeFile} from './write-file'

/** Size and time of change of every file that a build read, by path from the root, and of what it wrote. */
type Stamp = Readonly<Record<string, string>>

const stampFile = 'dist/lambdas/.inputs.json'

/** Not read by esbuild, yet decide what it does. */
const buildPrograms = (root: string): string[] => globSync(['build/bundle.ts', 'build/bundle/*.ts', 'package-lock.json'], {cwd: root})

const stateOf = (root: string, path: string): string => {
  const {size, mtimeMs} = statSync(join(root, path))
  return `${size} ${mtimeMs}`
}

const readStamp = (root: string): Stamp => {
  try {
    return JSON.parse(readFileSync(join(root, stampFile), 'utf8')) as Stamp
  } catch {
    return {}
  }
}

/** Whether everything that the last build read and wrote is as it was, for the same functions. */
export const isFresh = (root: string, names: readonly string[]): boolean => {
  const stamp = readStamp(root)
  try {
    return names.every((name) => `dist/lambdas/${name}.zip` in stamp)
      && buildPrograms(root).every((path) => path in stamp)
      && Object.entries(stamp).every(([path, state]) => stateOf(root, path) === state)
  } catch {
    return false
  }
}

/** Remembers a build. A file that changed since it began may or may not be in it: then nothing is remembered. */
export const remember = (root: string, inputs: readonly string[], outputs: readonly string[], startedAt: number): void => {
  const read = [...inputs, ...buildPrograms(root)]
  if (read.every((path) => statSync(join(root, path)).mtimeMs < startedAt)) {
    const states = [...read, ...outputs].map((path): [string, string] => [path, stateOf(root, path)])
    writeFile(join(root, stampFile), JSON.stringify(Object.fromEntries(states)))
  }
}
