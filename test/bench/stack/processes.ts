import {readdirSync, readFileSync} from 'node:fs'

/** What a process and all that it started hold and have used. */
export interface Used {
  readonly processes: number
  /** Resident, in bytes; what processes share counts once for each of them. */
  readonly rss: number
  /** As RSS, but each page divided by the number of those that share it. */
  readonly pss: number
  /** Of them, and of those of them that have ended. */
  readonly cpuSeconds: number
}

const ticksPerSecond = 100

/** Empty if the process has ended meanwhile. */
const proc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** Those after the program's name, which may have spaces: the first is the third of proc(5). */
const statFields = (pid: number): string[] => proc(pid, 'stat').replace(/^.*\) /s, '').split(' ')

const parentsOfAll = (): ReadonlyMap<number, number> => new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  .map((name): [number, number] => [Number(name), Number(statFields(Number(name))[1])]))

/** The process and all below it. */
const treeOf = (pid: number, parents: ReadonlyMap<number, number>): number[] =>
  [pid, ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => treeOf(child, parents))]

const kibibytes = (text: string, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

const cpuTicks = (pid: number): number => sum(statFields(pid).slice(11, 15).map(Number))

/** All at this moment. Linux only. */
export const usedBy = (pid: number): Used => {
  const tree = treeOf(pid, parentsOfAll())
  const rollups = tree.map((each) => proc(each, 'smaps_rollup'))
  return {
    processes: tree.length,
    rss: sum(rollups.map((text) => kibibytes(text, 'Rss'))) * 1024,
    pss: sum(rollups.map((text) => kibibytes(text, 'Pss'))) * 1024,
    cpuSeconds: sum(tree.map(cpuTicks)) / ticksPerSecond
  }
}
