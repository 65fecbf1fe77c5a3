import {globSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import type {Duration} from '../data'

interface Report {
  readonly milliseconds: number
  readonly initMilliseconds?: number
  readonly memoryMb: number
}

const figure = (line: string, name: string): number | undefined => {
  const [, text] = new RegExp(`\\t${name}: ([\\d.]+) M?m?[sB]`).exec(line) ?? []
  return text === undefined ? undefined : Number(text)
}

/** What Lambda says at the end of an invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
const reportIn = (line: string): Report[] => {
  const milliseconds = figure(line, 'Duration')
  const initMilliseconds = figure(line, 'Init Duration')
  const memoryMb = figure(line, 'Max Memory Used')
  return !line.startsWith('REPORT ') || milliseconds === undefined || memoryMb === undefined
    ? []
    : [{milliseconds, memoryMb, ...(initMilliseconds !== undefined && {initMilliseconds})}]
}

/** The median, so that one slow moment of the machine does not count. 0 of none. */
const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length === 0 ? 0 : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

const buildDuration = (reports: readonly Report[], files: number): Duration => ({
  invocations: reports.length,
  invocationsPerFile: rounded(reports.length / files),
  seconds: rounded(median(reports.map(({milliseconds}) => milliseconds)) / 1000),
  initSeconds: rounded(median(reports.flatMap(({initMilliseconds}) => initMilliseconds ?? [])) / 1000),
  maxMemoryMb: Math.max(...reports.map(({memoryMb}) => memoryMb))
})

/** What the REPORT lines in `<folder>/<function>.log` say of each function; `files` is how many files these invocations brought. Throws if there are none. */
export const readReports = (folder: string, files: number): Record<string, Duration> => {
  const functions = globSync('*.log', {cwd: folder}).sort().flatMap((name) => {
    const reports = readFileSync(join(folder, name), 'utf8').split('\n').flatMap(reportIn)
    return reports.length === 0 ? [] : [[basename(name, '.log'), buildDuration(reports, files)] as const]
  })
  if (functions.length === 0) {
    throw new Error(`Expected ${folder} to have a file <function>.log with REPORT lines of Lambda for each function; there is none.`)
  }
  return Object.fromEntries(functions)
}
