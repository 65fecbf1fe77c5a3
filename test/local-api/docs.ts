import {readFileSync, writeFileSync} from 'node:fs'
import {pageOf} from './page'
import {spokenServices} from './tables'

const path = 'docs/local-api.md'
const before = readFileSync(path, 'utf8')
const after = pageOf(before, await spokenServices())
if (after !== before) {
  writeFileSync(path, after)
}
console.log(after === before ? `${path} is fresh.` : `wrote ${path}`)
