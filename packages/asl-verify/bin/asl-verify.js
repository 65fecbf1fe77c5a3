#!/usr/bin/env node
import {existsSync} from 'node:fs'

// The repository has the source and runs it as it is; what is installed has the built program alone.
const source = new URL('../src/cli.ts', import.meta.url)
const {main} = existsSync(source)
  ? await (await import('tsx/esm/api')).tsImport(source.href, import.meta.url)
  : await import(new URL('../dist/cli.js', import.meta.url).href)
// A reader that has seen enough, such as `head`, is no error; what was found is.
process.stdout.on('error', ({code}) => process.exit(code === 'EPIPE' ? process.exitCode : 1))
process.exitCode = main(process.argv.slice(2))
