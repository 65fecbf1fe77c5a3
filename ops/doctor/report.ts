import {columns} from '../../shared/table'
import type {Drift, Report} from './examine'

const head = ['drift', 'file', 'since', 'outcome', 'what']

const formatRow = ({kind, fileId, since, outcome, detail, reason}: Drift): string[] =>
  [kind, fileId, since.replace(/\.\d+Z$/, 'Z'), outcome, reason === undefined ? detail : `${detail}: ${reason}`]

const verdict = ({found, failed}: Report, fix: boolean): string => {
  if (!fix) {
    return `${found} drifted apart. Repair with npm run doctor -- --fix; docs/runbook.md says how each comes about.`
  }
  return failed === 0 ? `${found} repaired.` : `${found - failed} repaired, ${failed} not: see the logs of ReconcileFiles.`
}

/** The report as a table. */
export const reportText = (report: Report, fix: boolean): string => {
  const {found, drift, scope} = report
  if (found === 0) {
    return `All is well: nothing has drifted apart (${scope === 'all' ? 'everything' : 'unfinished files and uploads'} was looked at).`
  }
  const untold = found - drift.length
  return [columns(head, drift.map(formatRow)), ...(untold > 0 ? [`… and ${untold} more`] : []), verdict(report, fix)].join('\n')
}
