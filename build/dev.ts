import {spawn} from 'node:child_process'
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {consoleBuilder} from './dev/console'
import {functionBuilder} from './dev/functions'
import {explainFailure, rebuildOnSave} from './dev/session'
import {buildRuntime} from './runtime/build'
import {programFile} from './runtime/remembered'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist', 'dev')

/** The runtime, in a process of its own, with the builds of this one; resolves with its exit code. */
const runRuntime = (args: readonly string[]): Promise<number> => new Promise((resolve, reject) => {
  const program = ['--disable-warning=ExperimentalWarning', join(root, programFile('main'))]
  const child = spawn(process.execPath, [...program, '--dist', dist, ...args], {stdio: 'inherit'})
  // A terminal's Ctrl-C reaches it by itself; a signal to this process alone does not.
  const pass = (signal: NodeJS.Signals): void => { child.kill(signal) }
  process.on('SIGINT', pass).on('SIGTERM', pass)
  child.once('error', reject)
  child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)))
})

const main = async (args: readonly string[]): Promise<number> => {
  console.error('Building …')
  rmSync(dist, {recursive: true, force: true})
  const watched = [
    {builder: await functionBuilder(root, dist), folder: join(root, 'src')},
    {builder: await consoleBuilder(root, dist), folder: join(root, 'local/console/app')}
  ]
  await Promise.all([buildRuntime(root), ...watched.map(({builder}) => builder.rebuild())])
  const stops = watched.map((each) => rebuildOnSave(each, (line) => { console.error(line) }))
  const code = await runRuntime(args)
  await Promise.all(stops.map((stop) => stop()))
  return code
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explainFailure(error))
  return 1
})
