import {existsSync, statSync} from 'node:fs'
import {cpus} from 'node:os'
import {join} from 'node:path'
import {readJson} from '../../shared/read-json'
import type {BenchName} from './names'
import type {Benched} from './rows'

const root = join(import.meta.dirname, '../..')

/** What docs/performance.md is written from: the last result of each benchmark, and the day and machine it is of. */
export type Results = Readonly<Partial<Record<BenchName, Benched & {readonly day: string, readonly processors: string}>>>

export const resultsPath = join(root, 'test/bench/results.json')

export const readResults = (): Results => readJson<Results>(resultsPath)

const fileOf = (name: BenchName): string => join(root, 'dist/bench', `${name}.json`)

export const readBenched = (name: BenchName): Results[BenchName] | undefined => {
  const path = fileOf(name)
  return existsSync(path)
    ? {...readJson<Benched>(path), day: statSync(path).mtime.toISOString().slice(0, 10), processors: `${cpus().length} × ${cpus()[0]!.model}`}
    : undefined
}
