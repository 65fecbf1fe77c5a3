import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A data file of this folder. */
export const readData = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')) as T
