import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

export interface Logs {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

/** The functions' lines in the data folder of a local stack; if it has none, a note with what that means. */
export const folderLogs = (data: string, meaning: string): Logs => {
  const folder = join(data, 'logs')
  return existsSync(folder)
    ? {lines: globSync('*.log', {cwd: folder}).sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')), notes: []}
    : {lines: [], notes: [`There are no logs in ${folder}${meaning}`]}
}
