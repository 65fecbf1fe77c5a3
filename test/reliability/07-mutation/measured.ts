import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Figures, Measured} from '../proof'

const path = join(import.meta.dirname, '../../../dist/reports/mutation-score.json')

/** Keeps the figures of a whole run, and when it ended. */
export const keepMeasured = (figures: Figures): void => {
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, `${JSON.stringify({at: new Date().toISOString(), figures} satisfies Measured, null, 2)}\n`)
}

/** The figures of the last whole run; undefined where there was none since the reports were removed. */
export const lastMeasured = (): Measured | undefined => existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Measured : undefined
