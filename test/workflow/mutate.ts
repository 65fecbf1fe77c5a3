import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A change of the definition as JSON Patch has it, or of the file's text. */
export type Edit =
  | {readonly op: 'replace' | 'add', readonly path: string, readonly value: unknown}
  | {readonly op: 'remove', readonly path: string}
  | {readonly op: 'move' | 'copy', readonly path: string, readonly from: string}
  | {readonly op: 'text', readonly from: string, readonly to: string}

/** A fault that someone may put into a workflow, and what the verifier says of it: code and state. */
export interface Mutant {
  readonly name: string
  /** The row of the corrections to the migration guide that it undoes. */
  readonly correction?: number
  readonly edit: readonly Edit[]
  readonly finds: readonly string[]
}

type Container = Record<string, unknown>

const partsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Throws if the definition has no such place: the mutant is out of date then. */
const parentOf = (root: unknown, pointer: string): [Container, string] => {
  const parts = partsOf(pointer)
  const parent = parts.slice(0, -1).reduce<unknown>((value, part) => (value as Container | undefined)?.[part], root)
  if (typeof parent !== 'object' || parent === null) {
    throw new Error(`Expected the definition to have a place for ${pointer}; it has none.`)
  }
  return [parent as Container, parts.at(-1)!]
}

const takeOut = (root: unknown, pointer: string): unknown => {
  const [parent, key] = parentOf(root, pointer)
  if (!Object.hasOwn(parent, key)) {
    throw new Error(`Expected the definition to have ${pointer}; it has not.`)
  }
  const value = parent[key]
  if (Array.isArray(parent)) {
    parent.splice(Number(key), 1)
  } else {
    delete parent[key]
  }
  return value
}

const replaceIn = (root: unknown, pointer: string, value: unknown): void => {
  const [parent, key] = parentOf(root, pointer)
  if (!Object.hasOwn(parent, key)) {
    throw new Error(`Expected the definition to have ${pointer}; it has not.`)
  }
  parent[key] = value
}

const putIn = (root: unknown, pointer: string, value: unknown): void => {
  const [parent, key] = parentOf(root, pointer)
  if (Array.isArray(parent)) {
    parent.splice(key === '-' ? parent.length : Number(key), 0, value)
  } else {
    parent[key] = value
  }
}

const replaced = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) {
    throw new Error(`Expected the text to have ${from}; it has not.`)
  }
  return text.replaceAll(from, () => to)
}

/** The text with edits made, one after the other. Throws if a place does not exist. */
export const mutate = (text: string, edits: readonly Edit[]): string => edits.reduce((before, edit) => {
  if (edit.op === 'text') {
    return replaced(before, edit.from, edit.to)
  }
  const root: unknown = JSON.parse(before)
  if (edit.op === 'replace') {
    replaceIn(root, edit.path, edit.value)
  } else if (edit.op === 'add') {
    putIn(root, edit.path, edit.value)
  } else if (edit.op === 'copy') {
    putIn(root, edit.path, takeOut(structuredClone(root), edit.from))
  } else if (edit.op === 'move') {
    putIn(root, edit.path, takeOut(root, edit.from))
  } else {
    takeOut(root, edit.path)
  }
  return JSON.stringify(root, null, 2)
}, text)

/** The mutants of a folder beside this file, with the name of their file. */
export const readMutants = (folder: string): Array<Mutant & {readonly file: string}> => {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path).filter((file) => file.endsWith('.json')).sort()
    .flatMap((file) => (JSON.parse(readFileSync(join(path, file), 'utf8')) as Mutant[]).map((mutant) => ({file, ...mutant})))
}
