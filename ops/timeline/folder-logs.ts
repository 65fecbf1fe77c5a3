import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

export interface Logs {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

/** The functions' lines in the data folder of the embedded AWS. */
export const folderLogs = (data: string): Logs => {
  const folder = join(data, 'logs')
  if (!existsSync(folder)) {
    return {
      lines: [],
      notes: [`There are no logs in ${folder}, so the functions' own events are missing here: --data names the folder of npm start; with --ephemeral none is kept.`]
    }
  }
  return {lines: globSync('*.log', {cwd: folder}).sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')), notes: []}
}
