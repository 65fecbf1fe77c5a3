import {type ChildProcess, fork} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {startRuntime} from '../../../local/runtime'

/** The one target of FileRequested's first rule: it is not started for its work here but for when it starts. */
const target = 'StartFileUpload'

/** When each of its events reached the function, by the correlation id: written now and then, so that writing is not what is measured. */
const probeInto = (folder: string): string => `import {appendFileSync} from 'node:fs'
let lines = ''
setInterval(() => {
  if (lines !== '') {
    appendFileSync(${JSON.stringify(folder)} + '/' + process.pid, lines)
    lines = ''
  }
}, 100)
export const handler = async (event) => {
  lines += event.detail.correlationId + ' ' + (Number(process.hrtime.bigint()) / 1e6) + '\\n'
}
`

/** A runtime in a process of its own, as its users have it. */
export interface BenchRuntime {
  readonly address: string
  /** When functions started, in milliseconds of the machine's monotonic clock, by correlation id. */
  starts(): ReadonlyMap<string, number>
  stop(): Promise<void>
}

const started = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  child.once('message', (address) => resolve(String(address)))
  child.once('exit', (code) => reject(new Error(`Expected the runtime to start; it ended with code ${code}.`)))
})

const startsIn = (folder: string): Map<string, number> => new Map(readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map((line) => {
    const [id = '', at = ''] = line.split(' ')
    return [id, Number(at)] as const
  })))

/** Starts it with the committed wiring and a probe in place of the target's code. */
export const startBenchRuntime = async (): Promise<BenchRuntime> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-events-'))
  const [bundles, starts] = [join(folder, 'bundles'), join(folder, 'starts')]
  mkdirSync(join(bundles, target), {recursive: true})
  mkdirSync(starts)
  writeFileSync(join(bundles, target, 'index.mjs'), probeInto(starts))
  const child = fork(import.meta.filename, [bundles], {execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning']})
  return {
    address: await started(child),
    starts: () => startsIn(starts),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      rmSync(folder, {recursive: true, force: true})
    }
  }
}

const serve = async (bundles: string): Promise<void> => {
  const runtime = await startRuntime({wiring: 'local/wiring.json', port: 0, bundles})
  process.once('SIGTERM', () => void runtime.stop().then(() => process.exit(0)))
  process.once('disconnect', () => process.exit(1))
  process.send!(runtime.address)
}

if (process.argv[1] === import.meta.filename) {
  await serve(process.argv[2] ?? '')
}
