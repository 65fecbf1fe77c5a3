import {writeFileSync} from 'node:fs'
import {pageOf} from './page'
import {sourceTable} from './table'

const path = 'docs/sources.md'

writeFileSync(path, pageOf(sourceTable))
console.log(`wrote ${path}`)
