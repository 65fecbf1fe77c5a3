import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {readCatalogue} from './catalogue/catalogue'
import {page} from './catalogue/page'

const root = join(import.meta.dirname, '..')
const path = 'docs/events.md'

const main = (checkOnly: boolean): number => {
  const text = page(readCatalogue(root))
  if (existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text) {
    console.log(`${path} is fresh.`)
    return 0
  }
  if (checkOnly) {
    console.error(`Stale: ${path}. Run npm run contracts:docs and commit what it writes.`)
    return 1
  }
  writeFileSync(join(root, path), text)
  console.log(`wrote ${path}`)
  return 0
}

process.exitCode = main(process.argv.includes('--check'))
