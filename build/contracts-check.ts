import {parseArgs} from 'node:util'
import {join} from 'node:path'
import {verdictOf} from '../shared/contracts/change'
import {describeError} from '../shared/errors'
import {compareContracts} from './contracts/compare-contracts'
import {contractsAt, findBase} from '../shared/contracts/history'
import {hitsOf} from './contracts/hits'
import {reportText, type Report} from './contracts/report'
import {readContracts} from '../shared/contracts/schema'

const root = join(import.meta.dirname, '..')

const reportAgainst = (requested?: string): Report | undefined => {
  const base = findBase(root, requested)
  if (base === undefined) {
    return undefined
  }
  const changes = compareContracts(contractsAt(root, base.revision), readContracts(root))
  return {
    base: base.label,
    verdict: verdictOf(changes),
    changes: changes.map((change) => change.verdict === 'breaking' ? {...change, hits: hitsOf(root, change.event)} : change)
  }
}

const main = (): number => {
  const {values: {base, json}} = parseArgs({options: {base: {type: 'string'}, json: {type: 'boolean', default: false}}})
  const report = reportAgainst(base)
  if (report === undefined) {
    console.log(json ? JSON.stringify({base: null, verdict: 'safe', changes: []}) : 'No git history here: there is nothing to compare the contracts with.')
    return 0
  }
  console.log(json ? JSON.stringify(report, null, 2) : reportText(report))
  return report.verdict === 'breaking' ? 1 : 0
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(describeError(error))
  process.exitCode = 2
}
