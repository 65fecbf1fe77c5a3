import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {formatMessages} from 'esbuild'
import {describeError} from '../shared/errors'
import {bundleAll} from './bundle/bundle'
import {isBuildFailure} from './bundle/compile'
import {buildConsole} from './console/build'
import {table} from '../shared/table'

const root = join(import.meta.dirname, '..')
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1)

const explain = async (error: unknown): Promise<string> =>
  isBuildFailure(error)
    ? (await formatMessages(error.errors, {kind: 'error', color: process.stderr.isTTY})).join('\n')
    : describeError(error)

const main = async (): Promise<void> => {
  const {values} = parseArgs({options: {quiet: {type: 'boolean', default: false}}})
  const [sizes, parts] = await Promise.all([bundleAll(root), buildConsole(root)])
  if (!values.quiet) {
    console.log(table(['function', 'bundle KB', 'zip KB'], sizes.map(({name, bundle, zip}) => [name, kilobytes(bundle), kilobytes(zip)])))
    console.log(table(['console', 'KB', 'gzip KB'], parts.map(({name, bytes, zipped}) => [name, kilobytes(bytes), kilobytes(zipped)])))
  }
}

await main().catch(async (error: unknown) => {
  console.error(await explain(error))
  process.exitCode = 1
})
