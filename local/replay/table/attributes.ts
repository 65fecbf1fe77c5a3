import {asObject} from '../../../shared/json'

type Attribute = Readonly<Record<string, unknown>>
type Attributes = Readonly<Record<string, Attribute>>

const readers: Readonly<Record<string, (value: never) => unknown>> = {
  S: (value: string) => value,
  N: (value: string) => Number(value),
  BOOL: (value: boolean) => value,
  NULL: () => null,
  M: (value: Attribute) => plainItem(value),
  L: (value: readonly Attribute[]) => value.map(plain),
  SS: (value: readonly string[]) => new Set(value),
  NS: (value: readonly string[]) => new Set(value.map(Number))
}

const plain = (attribute: Attribute): unknown => {
  const [type = '', value] = Object.entries(attribute)[0] ?? []
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- an attribute's value has the type that its name says
  return readers[type]?.(value as never)
}

/** Typed attributes, as a workflow writes them, as values. */
export const plainItem = (attributes: Attribute): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, plain(asObject(attribute))]))

const typed = (value: unknown): Attribute => {
  switch (typeof value) {
    case 'string':
      return {S: value}
    case 'number':
      return {N: String(value)}
    case 'boolean':
      return {BOOL: value}
    default:
      return typeof value === 'object' && value !== null ? typedObject(value) : {NULL: true}
  }
}

const typedObject = (value: object): Attribute => {
  if (value instanceof Set) {
    return typedSet(value)
  }
  return Array.isArray(value) ? {L: value.map(typed)} : {M: typedItem(value)}
}

const typedSet = (values: ReadonlySet<unknown>): Attribute =>
  [...values].every((value) => typeof value === 'number') ? {NS: [...values].map(String)} : {SS: [...values]}

/** Values as typed attributes, as a workflow reads them. */
export const typedItem = (item: object): Attributes => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typed(value)]))
