import {formatPointer} from '../finding'

/** The pointer to a value in a template, whose field names may end in `.$` if the value's do not. */
export const placeIn = (template: unknown, pointer: string, ...names: readonly string[]): string => {
  const [name, ...rest] = names
  if (name === undefined || typeof template !== 'object' || template === null) {
    return pointer
  }
  const [key, value]: [string?, unknown?] = Object.entries(template).find(([each]) => each === name || each === `${name}.$`) ?? []
  return key === undefined ? pointer : placeIn(value, `${pointer}${formatPointer(key)}`, ...rest)
}
