import type {Location} from 'esbuild'
import {isBuildFailure} from '../bundle/compile'
import type {Builder} from './functions'
import {watchFolder} from './watch'

export interface Watched {
  readonly builder: Builder
  readonly folder: string
}

const place = (location: Location | null): string => location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `

const listLines = (error: unknown): string[] => {
  if (error instanceof AggregateError) {
    return error.errors.flatMap(listLines)
  }
  return isBuildFailure(error) ? error.errors.map(({text, location}) => `${place(location)}error: ${text}`) : [String(error)]
}

/** `src/util/env.ts:3:7: error: …` for each error of a build, once however many functions it is in. */
export const explainFailure = (error: unknown): string => [...new Set(listLines(error))].join('\n')

/** Builds again after each save, one build at a time, and prints what is new or why there is none. */
export const rebuildOnSave = ({builder, folder}: Watched, print: (line: string) => void): (() => Promise<void>) => {
  let isStale = false
  let building: Promise<void> | undefined
  const build = async (): Promise<void> => {
    while (isStale) {
      isStale = false
      const startedAt = performance.now()
      const names = await builder.rebuild().catch((error: unknown) => {
        print(`${explainFailure(error)}\nThe code from before keeps running.`)
        return []
      })
      if (names.length > 0) {
        print(`Built ${names.join(', ')} in ${Math.round(performance.now() - startedAt)} ms`)
      }
    }
    building = undefined
  }
  const stop = watchFolder(folder, () => {
    isStale = true
    building ??= build()
  })
  return async () => {
    stop()
    await building
    await builder.dispose()
  }
}
