import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {readJson} from './read-json'

/** The folder that `npm start` keeps its data in by default. */
export const dataFolder = join(import.meta.dirname, '..', '.local')

const fileIn = (folder: string): string => join(folder, 'running.json')

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Address of the stack that says in a folder that it runs; undefined if it is gone. */
const announced = (folder: string): string | undefined => {
  try {
    const {address, pid} = readJson<{address: string, pid: number}>(fileIn(folder))
    return isAlive(pid) ? address : undefined
  } catch {
    return undefined
  }
}

/** Says in a folder where this stack runs, unless another one said so. Returns what takes it back. */
export const announce = (address: string, folder = dataFolder): () => void => {
  if (announced(folder) !== undefined) {
    return () => undefined
  }
  mkdirSync(folder, {recursive: true})
  writeFileSync(fileIn(folder), `${JSON.stringify({address, pid: process.pid})}\n`)
  return () => rmSync(fileIn(folder), {force: true})
}

/** Address of the local stack that runs on a folder; undefined if none answers. */
export const runningStack = async (folder = dataFolder): Promise<string | undefined> => {
  const address = announced(folder)
  const isThere = address !== undefined
    && await fetch(`${address}/_local/runtime`, {signal: AbortSignal.timeout(3000)}).then(({ok}) => ok, () => false)
  return isThere ? address : undefined
}
