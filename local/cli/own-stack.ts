import {readFileSync} from 'node:fs'
import {SourceMap} from 'node:module'
import {dirname, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {trustedJson} from '../../shared/json'

type Payload = ConstructorParameters<typeof SourceMap>[0]

const readMap = (path: string): SourceMap | undefined => {
  try {
    return new SourceMap(trustedJson<Payload>(readFileSync(`${path}.map`, 'utf8')))
  } catch {
    return undefined
  }
}

/** `…/local/cli/run.ts:12:3` for a place in a bundle that has a map beside it; others stay. */
const sourcePlace = (place: string, bundle: string, line: number, column: number): string => {
  const path = fileURLToPath(bundle)
  const entry = readMap(path)?.findEntry(line - 1, column - 1)
  return entry !== undefined && 'originalSource' in entry
    ? `${resolve(dirname(path), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    : place
}

/** A stack with the places of our sources: Node says those of the bundle. It reads maps only now, as they are long. */
export const ownStack = (stack: string): string =>
  stack.replace(/(file:\/\/\/[^\s()]+\.mjs):(\d+):(\d+)/g, (place, bundle: string, line: string, column: string) => sourcePlace(place, bundle, Number(line), Number(column)))
