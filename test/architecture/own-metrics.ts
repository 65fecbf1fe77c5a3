import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {jest} from '@jest/globals'
import {treeShaken} from './tree-shaken'
import {root} from './wired'

export interface OwnMetric {
  readonly name: string
  /** Functions whose code emits it: values of the dimension `service`. */
  readonly services: readonly string[]
  readonly dimensions: ReadonlyArray<readonly string[]>
}

type Emit = (measurements: Readonly<Record<string, unknown>>, dimension?: Readonly<Record<string, string>>) => void

/** Calls every counter of src/util/metrics.ts and notes what it emits: name and dimensions. */
const emitted = async (): Promise<Map<string, string[][]>> => {
  const emitMetrics = jest.fn<Emit>()
  jest.unstable_mockModule('../../src/lib/vendor/Metrics', () => ({emitMetrics}))
  const counters = await import('../../src/util/metrics')
  counters.countRequest()
  counters.countCompleted({size: 1, requestedAt: '2025-11-23T10:00:00.000Z', completedAt: '2025-11-23T10:00:01.000Z'})
  counters.countSettled()
  counters.countSettled('NeedsCookiesError')
  counters.countPublishFailure(1)
  counters.countCookiesRefused()
  counters.measureOldestUnfinished(1)
  counters.measureYtDlpAge('2026.10.26')
  const found = new Map<string, string[][]>()
  for (const [measurements, dimension = {}] of emitMetrics.mock.calls) {
    const dimensions = [...Object.keys(dimension), 'service'].sort()
    for (const name of Object.keys(measurements)) {
      const known = found.get(name) ?? []
      found.set(name, known.some((set) => set.join() === dimensions.join()) ? known : [...known, dimensions])
    }
  }
  return found
}

/** Every metric of ours with the functions that emit it. */
export const ownMetrics = async (): Promise<OwnMetric[]> => {
  const functions = readdirSync(join(root, 'src/lambdas'))
  const codes = await Promise.all(functions.map(async (name) => ({name, code: await treeShaken(name)})))
  return [...await emitted()].map(([name, dimensions]) => ({
    name,
    dimensions,
    services: codes.filter(({code}) => new RegExp(`\\b${name}: \\{`).test(code)).map((one) => one.name)
  }))
}
