/**
 * Runs a program of dist/runtime in this very process: `node build/start.js NAME …`. It is plain JavaScript, as it is there before
 * anything is built; what it decides by is built itself.
 */
import {existsSync} from 'node:fs'
import module from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

const root = join(import.meta.dirname, '..')
const output = join(root, 'dist', 'runtime')

/** Address of a module of dist/runtime. */
const moduleAt = (name) => pathToFileURL(join(output, `${name}.mjs`)).href

const isBuilt = async () => {
  if (!existsSync(join(output, 'fresh.mjs'))) {
    return false
  }
  try {
    return (await import(moduleAt('fresh'))).isBuilt()
  } catch {
    return false
  }
}

const end = (text, code) => {
  process.stderr.write(text)
  process.exit(code)
}

/** In a process of its own, which takes its memory away with it. */
const build = async () => {
  if (!existsSync(join(root, 'node_modules', 'tsx'))) {
    end('The packages are not installed. Run npm ci first.\n', 1)
  }
  process.stderr.write('Something changed since the last build: building …\n')
  const {spawnSync} = await import('node:child_process')
  const {status} = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'build', 'bundle.ts'), '--quiet'], {cwd: root, stdio: ['ignore', 2, 2]})
  if (status !== 0) {
    end('', status ?? 130)
  }
}

/** What was compiled once is kept for the next start, from when the first one is over. */
const keepCompiled = () => {
  module.enableCompileCache?.(join(output, 'compiled'))
  setTimeout(() => module.flushCompileCache?.(), 2_000).unref()
}

const [name] = process.argv.splice(2, 1)
keepCompiled()
if (!await isBuilt()) {
  await build()
}
process.argv[1] = join(output, `${name}.mjs`)
await import(moduleAt(name))
