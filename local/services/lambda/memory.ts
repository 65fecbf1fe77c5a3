import {readdirSync, readFileSync} from 'node:fs'

const kibibyte = 1024

const readProc = (path: string): string => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}

const listProc = (path: string): string[] => {
  try {
    return readdirSync(`/proc/${path}`)
  } catch {
    return []
  }
}

const statusBytes = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readProc(`${pid}/status`))?.[1] ?? 0) * kibibyte

const listChildren = (pid: number): number[] =>
  listProc(`${pid}/task`).flatMap((thread) => readProc(`${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))

/** Resident memory of a process and all that it started; 0 if the system has no /proc. */
export const treeBytes = (pid: number): number =>
  listChildren(pid).reduce((sum, child) => sum + treeBytes(child), statusBytes(pid, 'VmRSS'))

/** Highest resident memory of the process itself so far; 0 if the system has no /proc. */
export const peakBytes = (pid: number): number => statusBytes(pid, 'VmHWM')
