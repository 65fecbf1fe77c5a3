import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {startRuntime} from '../../../local/runtime/runtime'
import {type BenchPath, noteStarts, startPath} from './starts'

/** The one target of FileRequested's first rule: it is not started for its work here but for when it starts. */
const target = 'StartFileUpload'

/** A runtime as its users have it, with the committed wiring and a probe in place of the target's code. */
export const startRuntimePath = (): Promise<BenchPath> => startPath(import.meta.filename, (folder, starts) => {
  mkdirSync(join(folder, 'bundles', target), {recursive: true})
  writeFileSync(join(folder, 'bundles', target, 'index.mjs'), `${noteStarts(starts)}
export const handler = async (event) => note(event.detail.correlationId)
`)
})

const serve = async (folder: string): Promise<void> => {
  const runtime = await startRuntime({wiring: 'local/wiring.json', port: 0, bundles: join(folder, 'bundles')})
  process.once('SIGTERM', () => void runtime.stop().then(() => process.exit(0)))
  process.once('disconnect', () => process.exit(1))
  process.send!(runtime.address)
}

if (process.argv[1] === import.meta.filename) {
  await serve(process.argv[2] ?? '')
}
