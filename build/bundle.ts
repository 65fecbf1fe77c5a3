import {join} from 'node:path'
import {formatMessages} from 'esbuild'
import {command} from '../shared/cli/command'
import {RefusedError} from '../shared/cli/errors'
import {flag} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {bundleAll} from './bundle/bundle'
import {isBuildFailure} from './bundle/compile'
import {buildConsole} from './console/build'
import {buildRuntime} from './runtime/build'
import {table} from '../shared/table'

const root = join(import.meta.dirname, '..')
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1)

/** A failure of esbuild with the place in the source. */
const explained = async (error: unknown): Promise<unknown> => isBuildFailure(error)
  ? new RefusedError((await formatMessages(error.errors, {kind: 'error', color: process.stderr.isTTY})).join('\n'))
  : error

process.exitCode = await runCommand(command({
  name: 'npm run build --', summary: 'Bundles the functions, the console and the embedded AWS into dist.', options: {quiet: flag('say nothing')},
  run: async ({quiet}) => {
    const [sizes, parts, modules] = await Promise.all([bundleAll(root), buildConsole(root), buildRuntime(root)])
      .catch(async (error: unknown) => { throw await explained(error) })
    const text = [
      table(['function', 'bundle KB', 'zip KB'], sizes.map(({name, bundle, zip}) => [name, kilobytes(bundle), kilobytes(zip)])),
      table(['console', 'KB', 'gzip KB'], parts.map(({name, bytes, zipped}) => [name, kilobytes(bytes), kilobytes(zipped)])),
      table(['embedded AWS', 'KB'], modules.map(({name, bytes}) => [name, kilobytes(bytes)]))
    ]
    return {value: {functions: sizes, console: parts, runtime: modules}, text: quiet ? '' : text.join('\n')}
  }
}), process.argv.slice(2))
