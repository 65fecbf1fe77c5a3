import {formatPointer} from '../finding'

/** Text that is not JSON, and the offset at which it stops being so. */
export class JsonError extends Error {
  override readonly name = 'JsonError'

  constructor(message: string, readonly at: number) {
    super(message)
  }
}

/** JSON with the places of its values: offsets by JSON pointer, and those of fields that appear a second time. */
export interface Located {
  readonly value: unknown
  readonly places: ReadonlyMap<string, number>
  readonly duplicates: ReadonlyArray<{readonly pointer: string, readonly at: number}>
}

interface Scan {
  readonly text: string
  at: number
  readonly places: Map<string, number>
  readonly duplicates: Array<{pointer: string, at: number}>
}

const maxDepth = 500
const tokens = {
  space: /[ \t\n\r]*/y,
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y,
  scalar: /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
}

const take = (scan: Scan, token: RegExp): string | undefined => {
  token.lastIndex = scan.at
  const [found] = token.exec(scan.text) ?? []
  scan.at += found?.length ?? 0
  return found
}

const takeMark = (scan: Scan, mark: string): boolean => {
  take(scan, tokens.space)
  const isThere = scan.text[scan.at] === mark
  scan.at += isThere ? 1 : 0
  return isThere
}

const wanted = ({text, at}: Scan, what: string): JsonError =>
  new JsonError(`${what}, not ${at < text.length ? JSON.stringify(text.slice(at, at + 12).split('\n')[0] || '\n') : 'the end of the file'}`, at)

const scanValue = (scan: Scan, pointer: string, depth: number): void => {
  take(scan, tokens.space)
  scan.places.set(pointer, scan.places.get(pointer) ?? scan.at)
  if (depth > maxDepth) {
    throw new JsonError(`at most ${maxDepth} levels of nesting`, scan.at)
  }
  if (takeMark(scan, '{')) {
    const names = new Set<string>()
    scanItems(scan, '}', () => scanField(scan, pointer, names, depth))
  } else if (takeMark(scan, '[')) {
    scanItems(scan, ']', (index) => scanValue(scan, `${pointer}/${index}`, depth + 1))
  } else if ((take(scan, tokens.string) ?? take(scan, tokens.scalar)) === undefined) {
    throw wanted(scan, 'a value')
  }
}

const scanItems = (scan: Scan, close: string, scanItem: (index: number) => void): void => {
  if (takeMark(scan, close)) {
    return
  }
  for (let index = 0; index === 0 || takeMark(scan, ','); index += 1) {
    scanItem(index)
  }
  if (!takeMark(scan, close)) {
    throw wanted(scan, `',' or '${close}'`)
  }
}

const scanField = (scan: Scan, parent: string, names: Set<string>, depth: number): void => {
  take(scan, tokens.space)
  const at = scan.at
  const key = take(scan, tokens.string)
  if (key === undefined) {
    throw wanted(scan, 'a field\'s name in double quotes')
  }
  const name = String(JSON.parse(key))
  const pointer = `${parent}${formatPointer(name)}`
  if (names.has(name)) {
    scan.duplicates.push({pointer, at})
  }
  names.add(name)
  scan.places.set(pointer, at)
  if (!takeMark(scan, ':')) {
    throw wanted(scan, '\':\' after a field\'s name')
  }
  scanValue(scan, pointer, depth + 1)
}

/** Parses JSON and keeps where everything is. Throws JsonError. */
export const parseJson = (text: string): Located => {
  const scan: Scan = {text, at: 0, places: new Map(), duplicates: []}
  scanValue(scan, '', 0)
  take(scan, tokens.space)
  if (scan.at < text.length) {
    throw wanted(scan, 'the end of the file')
  }
  return {value: JSON.parse(text), places: scan.places, duplicates: scan.duplicates}
}

/** Line and column of an offset, from 1. */
export const findPosition = (text: string, at: number): {readonly line: number, readonly column: number} => {
  const lines = text.slice(0, at).split('\n')
  return {line: lines.length, column: lines.at(-1)!.length + 1}
}

/** Finds line and column of a pointer in a text, or of the nearest place around it; of text that is not JSON only offsets say it. */
export const lineIndex = (text: string): (pointer: string, at?: number) => {readonly line: number, readonly column: number} => {
  const places = placesIn(text)
  return (pointer, at) => {
    const parts = pointer.split('/')
    const known = parts.map((_, index) => places.get(parts.slice(0, parts.length - index).join('/'))).find((each) => each !== undefined)
    return findPosition(text, at ?? known ?? 0)
  }
}

const placesIn = (text: string): ReadonlyMap<string, number> => {
  try {
    return parseJson(text).places
  } catch {
    return new Map()
  }
}
