import {writeFileSync} from 'node:fs'
import {writeFile} from '../../build/bundle/write-file'
import {benches} from './names'
import {performancePage} from './page'
import {performancePicture} from './picture'
import {readBenched, readResults, type Results, resultsPath} from './results'

const measured = Object.fromEntries(benches.flatMap(({name}) => {
  const result = readBenched(name)
  return result === undefined ? [] : [[name, result]]
}))
const results: Results = {...readResults(), ...measured}

writeFileSync(resultsPath, `${JSON.stringify(results, null, 2)}\n`)
writeFileSync('docs/performance.md', performancePage(results))
writeFile('docs/images/performance.svg', performancePicture(benches.flatMap(({name}) => results[name]?.rows ?? [])))
console.log(`wrote docs/performance.md and docs/images/performance.svg; measured now: ${Object.keys(measured).join(', ') || 'nothing'}`)
