import {readProc, treeOf} from './proc'

const kibibyte = 1024

const statusBytes = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readProc(`${pid}/status`))?.[1] ?? 0) * kibibyte

/** Resident memory of a process and all that it started; 0 if the system has no /proc. */
export const treeBytes = (pid: number): number => treeOf(pid).reduce((sum, each) => sum + statusBytes(each, 'VmRSS'), 0)

/** Highest resident memory of the process itself so far; 0 if the system has no /proc. */
export const peakBytes = (pid: number): number => statusBytes(pid, 'VmHWM')
