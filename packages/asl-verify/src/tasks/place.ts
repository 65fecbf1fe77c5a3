import {pointerOf} from '../finding'

/** The pointer to a value in a template, whose field names may end in `.$` if the value's do not. */
export const placeIn = (template: unknown, pointer: string, ...names: readonly string[]): string => {
  const [name, ...rest] = names
  if (name === undefined || typeof template !== 'object' || template === null) {
    return pointer
  }
  const key = [name, `${name}.$`].find((each) => Object.hasOwn(template, each))
  return key === undefined ? pointer : placeIn((template as Record<string, unknown>)[key], `${pointer}${pointerOf(key)}`, ...rest)
}
