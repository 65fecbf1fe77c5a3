import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describeError} from '../../shared/errors'
import {asObject} from '../../shared/json'

/** How a detail is to be changed. */
export interface Edits {
  /** `NAME=JSON`; what is not JSON is text. */
  readonly set: readonly string[]
  readonly unset: readonly string[]
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const assignment = (text: string): [string, unknown] => {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new Error(`Expected --set NAME=VALUE; got '${text}'.`)
  }
  return [name, parsed(value)]
}

/** A detail with properties set and removed. */
export const edited = (detail: unknown, {set, unset}: Edits): Record<string, unknown> =>
  Object.fromEntries([...Object.entries(asObject(detail)).filter(([name]) => !unset.includes(name)), ...set.map(assignment)])

/** Reads a detail from a file, `-` for standard input. Throws if it is not JSON. */
export const detailFrom = (path: string): unknown => {
  const text = readFileSync(path === '-' ? 0 : path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`Expected ${path} to hold the detail as JSON: ${describeError(cause)}`, {cause})
  }
}

/** Lets the user change a detail in an editor such as `vi`. Throws if it is left with an error or without JSON. */
export const editedByHand = (detail: unknown, editor: string): unknown => {
  const folder = mkdtempSync(join(tmpdir(), 'quarantine-'))
  const path = join(folder, 'detail.json')
  try {
    writeFileSync(path, `${JSON.stringify(detail, null, 2)}\n`)
    const {status} = spawnSync(`${editor} ${path}`, {shell: true, stdio: 'inherit'})
    if (status !== 0) {
      throw new Error(`Expected ${editor} to end with exit code 0; it was ${status}. Nothing was changed.`)
    }
    return detailFrom(path)
  } finally {
    rmSync(folder, {recursive: true})
  }
}
