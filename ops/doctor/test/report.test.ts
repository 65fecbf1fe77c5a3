import {expect, it} from '@jest/globals'
import type {Drift} from '../examine'
import {reportText} from '../report'

const drift: Drift = {kind: 'claim-without-execution', fileId: 'a', since: '2025-11-23T10:00:00.000Z', detail: 'Downloading', outcome: 'found'}

it('says that all is well', () => {
  expect(reportText({scope: 'all', found: 0, failed: 0, drift: []}, false)).toBe('All is well: nothing has drifted apart (everything was looked at).')
})

it('is a table of what was found, and what to do', () => {
  expect(reportText({scope: 'all', found: 3, failed: 0, drift: [drift]}, false).split('\n')).toEqual([
    'drift                    file  since                 outcome  what',
    'claim-without-execution  a     2025-11-23T10:00:00Z  found    Downloading',
    '… and 2 more',
    '3 drifted apart. Repair with npm run doctor -- --fix; docs/runbook.md says how each comes about.'
  ])
})

it('says what was repaired, and why what was not', () => {
  const repaired = {...drift, outcome: 'mended'} as const
  const told = [repaired, {...drift, fileId: 'b', outcome: 'failed', reason: 'no one wants it'} as const]
  expect(reportText({scope: 'all', found: 2, failed: 1, drift: told}, true).split('\n').slice(1)).toEqual([
    'claim-without-execution  a     2025-11-23T10:00:00Z  mended   Downloading',
    'claim-without-execution  b     2025-11-23T10:00:00Z  failed   Downloading: no one wants it',
    '1 repaired, 1 not: see the logs of ReconcileFiles.'
  ])
  expect(reportText({scope: 'all', found: 1, failed: 0, drift: [repaired]}, true)).toContain('\n1 repaired.')
})
