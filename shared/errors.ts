import {asObject, isObject} from './json'

/** The message of whatever was thrown. Read by its members: `instanceof` fails for errors of another realm, as under Jest. */
export const describeError = (error: unknown): string => {
  const {message} = asObject(error)
  return typeof message === 'string' ? message : String(error)
}

export const asError = (error: unknown): Error => error instanceof Error ? error : new Error(describeError(error))

export const isErrorNamed = (error: unknown, ...names: readonly string[]): boolean => isObject(error) && names.includes(String(error['name']))

/** Whether Node gave an error this code, such as `ENOENT`. */
export const hasCode = (error: unknown, code: string): boolean => isObject(error) && error['code'] === code
