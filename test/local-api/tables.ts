import {globSync} from 'node:fs'
import {basename, dirname, resolve} from 'node:path'
import type {Spoken} from '../../local/runtime/core/spoken'

export interface SpokenService {
  /** Its folder, which is its signing name. */
  readonly name: string
  readonly spoken: Spoken
}

/** The table of each service of the embedded AWS: `local/services/<name>/spoken.ts`. */
export const spokenServices = (): Promise<SpokenService[]> => Promise.all(globSync('local/services/*/spoken.ts').sort().map(async (path) => {
  const {spoken} = await import(resolve(path)) as {spoken: Spoken}
  return {name: basename(dirname(path)), spoken}
}))
