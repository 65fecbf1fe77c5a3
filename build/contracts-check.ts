import {join} from 'node:path'
import {overallVerdict} from '../shared/contracts/change'
import {command} from '../shared/cli/command'
import {text} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {compareContracts} from './contracts/compare-contracts'
import {contractsAt, findBase} from '../shared/contracts/history'
import {findHits} from './contracts/hits'
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
    verdict: overallVerdict(changes),
    changes: changes.map((change) => change.verdict === 'breaking' ? {...change, hits: findHits(root, change.event)} : change)
  }
}

process.exitCode = await runCommand(command({
  name: 'npm run contracts:check --', summary: 'Compares the contracts with those of the merge base; 1 if a change is breaking.', failure: 2,
  options: {base: text('revision', 'to compare with (default: the merge base)')},
  run: async ({base}) => {
    const report = reportAgainst(base)
    return report === undefined
      ? {value: {base: null, verdict: 'safe', changes: []}, text: 'No git history here: there is nothing to compare the contracts with.'}
      : {value: report, text: reportText(report), code: report.verdict === 'breaking' ? 1 : 0}
  }
}), process.argv.slice(2))
