import type {Leaf} from './matchers'

/** A value of an event, with the element of each array it lies in. */
export interface Field {
  readonly value: Leaf
  readonly within: ReadonlyMap<number, number>
}

/** An event's leaves by their dotted path; array levels leave no trace in the path. */
export type EventFields = ReadonlyMap<string, readonly Field[]>

const nowhere: ReadonlyMap<number, number> = new Map()

/** Spreads an event into its leaves, as EventBridge does: `{"a":[{"b":1},{"b":2}]}` has `a.b` twice. */
export const eventFields = (event: unknown): EventFields => {
  const fields = new Map<string, Field[]>()
  let arrays = 0
  const visit = (value: unknown, path: string, within: ReadonlyMap<number, number>): void => {
    if (Array.isArray(value)) {
      const array = arrays++
      value.forEach((item, index) => visit(item, path, typeof item === 'object' && item !== null ? new Map([...within, [array, index]]) : within))
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => visit(member, path === '' ? name : `${path}.${name}`, within))
    } else {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- JSON has no other values
      fields.set(path, [...fields.get(path) ?? [], {value: value as Leaf, within}])
    }
  }
  visit(event, '', nowhere)
  return fields
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
