import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {publishingStates} from './asl'
import {matchingRules} from './rules'

/** Who is touched by a change of an event. */
export interface Hits {
  readonly rules: readonly string[]
  readonly functions: readonly string[]
  readonly states: readonly string[]
  readonly publishers: readonly string[]
}

/** The rules that match an event, the functions that parse it, and the states and functions that publish it. */
export const findHits = (root: string, event: string): Hits => ({
  rules: matchingRules(root, event),
  functions: functionsThat(root, new RegExp(`\\bparseEvent\\s*(?:<[^>]*>)?\\(\\s*(?:\\[[^\\]]*)?['"]${event}['"]`)),
  states: publishingStates(root).filter(({entry}) => entry.DetailType === event).map(({workflow, state}) => `${workflow}.${state}`),
  publishers: functionsThat(root, new RegExp(`\\bpublish${event}\\(|detailType: ['"]${event}['"]`))
})

const functionsThat = (root: string, pattern: RegExp): string[] => {
  const folder = join(root, 'src/lambdas')
  return existsSync(folder) ? readdirSync(folder).filter((name) => sources(join(folder, name, 'src')).some((text) => pattern.test(text))) : []
}

const sources = (folder: string): string[] => existsSync(folder)
  ? readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(folder, path), 'utf8'))
  : []
