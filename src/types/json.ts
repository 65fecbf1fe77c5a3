export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value if it is an object, else an empty one: reads members of what may be anything. */
export const asObject = (value: unknown): Json => isObject(value) ? value : {}

/** The objects of what may be a list. */
export const objectsIn = (value: unknown): Json[] => Array.isArray(value) ? value.filter(isObject) : []
