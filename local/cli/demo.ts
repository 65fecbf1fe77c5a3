import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {explain} from './explain'
import {runDemo} from './demo/run'

const folder = mkdtempSync(join(tmpdir(), 'media-downloader-demo-'))

process.exitCode = await runDemo(folder, console.log).catch((error: unknown) => {
  const {message, exitCode} = explain(error)
  console.error(message)
  return exitCode
})
