import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'

const current = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/**
 * Writes a file all at once, and only if its bytes change: several processes may build side by side,
 * and the runtime reloads a function when its bundle changes. Returns whether they did.
 */
export const writeFile = (path: string, contents: Uint8Array | string): boolean => {
  const bytes = Buffer.from(contents)
  if (current(path)?.equals(bytes)) {
    return false
  }
  mkdirSync(dirname(path), {recursive: true})
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
    return true
  } finally {
    rmSync(temporary, {force: true})
  }
}
