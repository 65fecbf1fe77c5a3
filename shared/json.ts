export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value if it is an object, else an empty one: reads members of what may be anything. */
export const asObject = (value: unknown): Json => isObject(value) ? value : {}

export const asList = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : []

/** The objects of what may be a list. */
export const objectsIn = (value: unknown): Json[] => Array.isArray(value) ? value.filter(isObject) : []

/** Whether a value is one of a list, as a type guard. */
export const isAmong = <T>(values: readonly T[], value: unknown): value is T => values.some((each) => each === value)

export const hasKey = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key)

/** Keys of a literal table, which has no others than its type says. */
export const listKeys = <T extends object>(table: T): Array<string & keyof T> => Object.keys(table).filter((key) => hasKey(table, key))

/** What a text says in JSON; undefined if it says nothing in JSON. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads JSON whose shape its writer vouches for: a file of this repository, what this project wrote itself, or the answer of a program
 * with a documented format. Everything else is checked member by member.
 */
export const trustedJson = <T>(text: string): T =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the one place that believes a writer; see above
  JSON.parse(text) as T
