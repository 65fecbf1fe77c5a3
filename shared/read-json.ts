import {readFileSync} from 'node:fs'
import {trustedJson} from './json'

/** A JSON file of this repository or of this project's own making. */
export const readJson = <T>(path: string): T => trustedJson<T>(readFileSync(path, 'utf8'))
