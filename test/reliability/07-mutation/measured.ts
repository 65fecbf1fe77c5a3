import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Figures, Measured} from '../proof'

/** Committed: a whole run takes hours, and the short form shows its figures with their date. */
const path = join(import.meta.dirname, 'last-run.json')

/** Keeps the figures of a whole run, and when it ended. */
export const keepMeasured = (figures: Figures): void => {
  writeFileSync(path, `${JSON.stringify({at: new Date().toISOString(), figures} satisfies Measured, null, 2)}\n`)
}

/** The figures of the last whole run; undefined if there was none. */
export const lastMeasured = (): Measured | undefined => existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Measured : undefined
