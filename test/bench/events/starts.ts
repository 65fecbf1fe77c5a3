import {type ChildProcess, fork} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** What events are put to, and what reaches the function at its end; in processes of their own. */
export interface BenchPath {
  readonly address: string
  /** When events reached the function, in milliseconds of the machine's monotonic clock, by correlation id. */
  starts: () => ReadonlyMap<string, number>
  stop: () => Promise<void>
}

/** Code of a module that notes in `folder` when an event is there: written now and then, so that writing is not what is measured. */
export const noteStarts = (folder: string): string => `import {appendFileSync} from 'node:fs'
let lines = ''
setInterval(() => {
  if (lines !== '') {
    appendFileSync(${JSON.stringify(folder)} + '/' + process.pid, lines)
    lines = ''
  }
}, 100)
const note = (correlationId) => {
  lines += correlationId + ' ' + (Number(process.hrtime.bigint()) / 1e6) + '\\n'
}
`

const startsIn = (folder: string): Map<string, number> => new Map(readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map((line) => {
    const [id = '', at = ''] = line.split(' ')
    return [id, Number(at)] as const
  })))

const addressOf = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  child.once('message', (address) => resolve(address as string))
  child.once('exit', (code) => reject(new Error(`Expected what is measured to start; it ended with code ${code}.`)))
})

/** Starts `module` with the folder that `prepare` filled; it sends the address to put events to, and ends by SIGTERM. */
export const startPath = async (module: string, prepare: (folder: string, starts: string) => void): Promise<BenchPath> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-events-'))
  const starts = join(folder, 'starts')
  mkdirSync(starts)
  prepare(folder, starts)
  const child = fork(module, [folder], {execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning']})
  return {
    address: await addressOf(child),
    starts: () => startsIn(starts),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      rmSync(folder, {recursive: true, force: true})
    }
  }
}
