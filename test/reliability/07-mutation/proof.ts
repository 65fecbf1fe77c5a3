import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type MutationReport, countVerdicts} from '../../../build/mutation/verdicts'
import stryker from '../../../stryker.config'
import type {Context, Figures, Proof} from '../proof'
import {keepMeasured, lastMeasured} from './measured'

const root = join(import.meta.dirname, '../../..')
const least = 85

/** The helpers and each handler by itself: what is measured is kept, should a later one be cut off. */
const areas = (): readonly string[] => ['src/util', ...globSync('src/lambdas/*', {cwd: root}).sort()].map((area) => `${area}/`)

/** A handler is judged by its own tests: no others reach it. Helpers are by those of helpers, else of handlers: build/mutation/jest. */
const testsOf = (area: string): readonly string[] => area.startsWith('src/lambdas/') ? ['--testFiles', `${area}test/**/*.test.ts`] : []

const mutate = async (area: string): Promise<void> => {
  const program = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const running = spawn(process.execPath, [program, 'run', '--mutate', `${area}**/*.ts,!src/**/test/**`, ...testsOf(area)], {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
  const [code] = await once(running, 'exit') as [number | null]
  assert.equal(code, 0, `mutation testing of ${area} ends well`)
}

const prove = async ({progress}: Context): Promise<Figures> => {
  const verdicts = (area: string) => countVerdicts(JSON.parse(readFileSync(join(root, stryker.incrementalFile), 'utf8')) as MutationReport, area)
  for (const area of areas()) {
    await mutate(area)
    progress(`${area} ${JSON.stringify(verdicts(area))}`)
  }
  const figures = verdicts('src/')
  keepMeasured(figures)
  assert.ok(figures['score %'] >= least, `Expected the tests to find at least ${least} % of the mutants; ${JSON.stringify(figures)}.`)
  return figures
}

export const proof: Proof = {number: 7, title: 'Mutation testing', onlyLong: true, minutes: 240, lastMeasured, run: prove}
