export type Fields = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The message of anything thrown. */
export const describeError = (error: unknown): string => isObject(error) && typeof error.message === 'string' ? error.message : String(error)
