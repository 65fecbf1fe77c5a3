import {afterAll, beforeAll, describe, it} from '@jest/globals'
import pLimit from 'p-limit'
import {startSystem, type System} from '../helpers/system'
import type {SourceCase} from './case'
import {runCase} from './run'
import {type SourceServer, startSourceServer} from './server'
import {sourceTable} from './table'

/** Cases at a time: most of a case is waiting. */
const abreast = 3

/** Registers the table's cases of one clock as tests. All are begun together; each test waits for its own. */
export const testSources = (isChosen: (served: SourceCase) => boolean, options: readonly string[]): void => {
  const chosen = sourceTable.map(({heading, cases}) => ({heading, cases: cases.filter(isChosen)})).filter(({cases}) => cases.length > 0)
  const runs = new Map<SourceCase, Promise<void>>()
  let system: System
  let server: SourceServer

  beforeAll(async () => {
    const cases = chosen.flatMap((subject) => subject.cases)
    server = await startSourceServer(cases)
    system = await startSystem(['--ephemeral', '--allow-private-sources', ...options])
    const limit = pLimit(abreast)
    for (const each of cases) {
      const run = limit(() => runCase(system, server, each))
      run.catch(() => undefined)
      runs.set(each, run)
    }
  })

  afterAll(async () => {
    await system?.stop()
    await server?.close()
  })

  describe.each(chosen)('$heading', ({cases}) => {
    it.each(cases.map((each) => [each.behaviour, each.outcome, each] as const))('%s: %s', async (_behaviour, _outcome, each) => {
      await runs.get(each)
    }, 600_000)
  })
}
