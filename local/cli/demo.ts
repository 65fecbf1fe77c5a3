import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {explain} from './explain'
import {runDemo} from './demo/run'

const folder = mkdtempSync(join(tmpdir(), 'media-downloader-demo-'))

process.exitCode = await runDemo(folder, console.log).catch((error: unknown) => {
  console.error(explain(error))
  return 1
})
