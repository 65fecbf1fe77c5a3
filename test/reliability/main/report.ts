import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {table} from '../../../shared/table'
import type {Figures, Proof} from '../proof'
import type {Options} from './options'
import type {Result} from './run'

const path = join(import.meta.dirname, '../../../dist/reports/test-reliability.json')

const holds = ({figures}: Result): boolean => figures !== undefined

const shown = (figures: Figures): string => Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')

/** How a proof ended, in a line. */
export const lineOf = (result: Result): string => {
  const {number, title, seconds, figures, reason} = result
  return `${holds(result) ? 'holds' : 'FAILED'} ${number} ${title}, ${seconds.toFixed(1)} s: ${figures === undefined ? reason : shown(figures)}`
}

/** A row a figure, the proof's own columns in its first row alone. */
const rowsOf = (proof: readonly string[], figures: Figures = {'': ''}): string[][] => Object.entries(figures)
  .map(([name, value], index) => [...index === 0 ? proof : proof.map(() => ''), name, String(value)])

const rowsOfLeftOut = ({number, title, lastMeasured}: Proof): string[][] => {
  const {at, figures} = lastMeasured?.() ?? {}
  return rowsOf([`${number} ${title}`, at === undefined ? 'not run' : `ran ${at.slice(0, 16)}Z`, ''], figures)
}

/** What ran, and what the short form leaves out with the figures of its last run. */
export const tableOf = (results: readonly Result[], leftOut: readonly Proof[]): string => table(['proof', 'result', 'seconds', 'figure', 'value'], [
  ...results.flatMap((result) => rowsOf([`${result.number} ${result.title}`, holds(result) ? 'holds' : 'FAILED', result.seconds.toFixed(1)], result.figures)),
  ...leftOut.flatMap(rowsOfLeftOut)
])

/** Writes the results, with the counts that .ci/run reads in every report. */
export const writeReport = (results: readonly Result[], {seed, long}: Options): void => {
  const numPassedTests = results.filter(holds).length
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, `${JSON.stringify({
    numPassedTests, numFailedTests: results.length - numPassedTests, numRuntimeErrorTestSuites: 0, seed, long, proofs: results
  }, null, 2)}\n`)
}
