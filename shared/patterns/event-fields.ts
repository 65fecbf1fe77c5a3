import {type JsonReader, jsonReader, type Token} from './json-reader'
import {type Leaf, quoted} from './matchers'

/** A value of an event, with the element of each array it lies in. */
export interface Field {
  readonly value: Leaf
  readonly within: ReadonlyMap<number, number>
}

/** An event's leaves by their dotted path; array levels leave no trace in the path. */
export type EventFields = ReadonlyMap<string, readonly Field[]>

interface Spread {
  readonly fields: Map<string, Field[]>
  arrays: number
}

const nowhere: ReadonlyMap<number, number> = new Map()

const begin = (): Spread => ({fields: new Map(), arrays: 0})

const add = ({fields}: Spread, path: string, field: Field): void => {
  const found = fields.get(path)
  if (found === undefined) {
    fields.set(path, [field])
  } else {
    found.push(field)
  }
}

const memberPath = (path: string, name: string): string => path === '' ? name : `${path}.${name}`

const spreadValue = (spread: Spread, value: unknown, path: string, within: ReadonlyMap<number, number>): void => {
  if (Array.isArray(value)) {
    const array = spread.arrays++
    value.forEach((item, index) =>
      spreadValue(spread, item, path, typeof item === 'object' && item !== null ? new Map([...within, [array, index]]) : within))
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([name, member]) => spreadValue(spread, member, memberPath(path, name), within))
  } else {
    add(spread, path, {value: typeof value === 'string' ? quoted(value) : JSON.stringify(value), within})
  }
}

const spreadArray = (spread: Spread, reader: JsonReader, path: string, within: ReadonlyMap<number, number>): void => {
  const array = spread.arrays++
  let index = 0
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    spreadToken(spread, reader, token, path, token === '{' || token === '[' ? new Map([...within, [array, index]]) : within)
    index += 1
  }
}

const spreadToken = (spread: Spread, reader: JsonReader, token: Token, path: string, within: ReadonlyMap<number, number>): void => {
  if (token === '[') {
    spreadArray(spread, reader, path, within)
  } else if (token === '{') {
    while (reader.next() !== '}') {
      const name = reader.text()
      spreadToken(spread, reader, reader.next(), memberPath(path, name), within)
    }
  } else {
    add(spread, path, {value: token === 'string' ? quoted(reader.text()) : reader.text(), within})
  }
}

/** Spreads the JSON text of an object into its leaves, with every value of a repeated key and numbers as they are written. */
const spreadText = (spread: Spread, text: string, path: string): void => {
  const reader = jsonReader(text)
  spreadToken(spread, reader, reader.next(), path, nowhere)
}

/** Spreads an event into its leaves, as EventBridge does: `{"a":[{"b":1},{"b":2}]}` has `a.b` twice. */
export const eventFields = (event: unknown): EventFields => {
  const spread = begin()
  spreadValue(spread, event, '', nowhere)
  return spread.fields
}

/** The same from the event's JSON text; throws PatternError if it is no JSON. */
export const eventTextFields = (text: string): EventFields => {
  const spread = begin()
  spreadText(spread, text, '')
  return spread.fields
}

/** The same of an event whose detail came as this text: only where it says more than the object does is it read. */
export const sentEventFields = (event: {readonly detail: unknown}, detail: string): EventFields => {
  if (JSON.stringify(event.detail) === detail) {
    return eventFields(event)
  }
  const spread = begin()
  spreadValue(spread, {...event, detail: []}, '', nowhere)
  spreadText(spread, detail, 'detail')
  return spread.fields
}

/** The elements both lie in together; undefined if they lie in different elements of one array. */
export const together = (left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): ReadonlyMap<number, number> | undefined => {
  if (right.size === 0) {
    return left
  }
  for (const [array, index] of right) {
    if ((left.get(array) ?? index) !== index) {
      return undefined
    }
  }
  return new Map([...left, ...right])
}

/**
 * Of a path's fields those that Event Ruler looks at from an array's element: where some of them lie in that array, the ones outside it do not
 * count. It asks for the first such array alone.
 */
export const reachable = (fields: readonly Field[], where: ReadonlyMap<number, number>): readonly Field[] => {
  for (const [array, index] of where) {
    if (fields.some(({within}) => within.has(array))) {
      return fields.filter(({within}) => within.get(array) === index)
    }
  }
  return fields
}
