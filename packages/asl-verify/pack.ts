import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {build} from 'esbuild'

/** Builds what `npm pack` takes: the program and what `exports` names, with the packages they need inside of them. */
const root = import.meta.dirname
rmSync(join(root, 'dist'), {recursive: true, force: true})
await build({
  absWorkingDir: root,
  entryPoints: ['cli', 'check', 'definition', 'intrinsic', 'matching', 'verify'].map((name) => `src/${name}.ts`),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning'
})
