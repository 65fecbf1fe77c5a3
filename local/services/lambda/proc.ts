import {readdirSync, readFileSync} from 'node:fs'

/** A file of Linux's /proc; empty if there is none. */
export const readProc = (path: string): string => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}

/** A folder of Linux's /proc; empty if there is none. */
export const listProc = (path: string): string[] => {
  try {
    return readdirSync(`/proc/${path}`)
  } catch {
    return []
  }
}

const childrenOf = (pid: number): number[] =>
  listProc(`${pid}/task`).flatMap((thread) => readProc(`${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))

/** A process and all that it started. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)]
