import {join} from 'node:path'
import {build} from 'esbuild'

const root = join(import.meta.dirname, '../../..')

/** The functions' own modules that a worker is made of, each with what it takes of it. */
const modules = ['src/util/sources/direct-source', 'src/util/transfer/send-parts', 'src/lib/vendor/AWS/S3Multipart']

const entry = (worker: string, start: string): string => [
  ...modules.map((path, index) => `import * as module${index} from './${path}'`),
  `import {${start}} from './test/bench/transfer/workers/${worker}'`,
  `${start}({${modules.map((_, index) => `...module${index}`).join(', ')}})`
].join('\n')

const entries = {
  engine: entry('engine', 'serveEngine'),
  storage: 'import \'./test/bench/transfer/workers/storage\'',
  bare: 'import \'./test/bench/transfer/workers/bare\''
} as const

export type WorkerName = keyof typeof entries

/** Bundles each worker as the functions are bundled; the paths of the bundles. */
export const bundleWorkers = async (): Promise<Readonly<Record<WorkerName, string>>> => {
  const bundles = Object.entries(entries).map(async ([name, contents]) => {
    const outfile = join(root, 'dist/bench-transfer', `${name}.mjs`)
    await build({
      absWorkingDir: root, stdin: {contents, resolveDir: root, loader: 'ts'}, outfile, bundle: true, minify: true, format: 'esm', platform: 'node',
      target: 'node22', mainFields: ['module', 'main'], keepNames: true, logLevel: 'silent',
      banner: {js: 'import {createRequire} from \'node:module\';const require=createRequire(import.meta.url);'}
    })
    return [name, outfile]
  })

  return Object.fromEntries(await Promise.all(bundles)) as Record<WorkerName, string>
}
