import {meaning} from './canonical'
import {breaking, safe, type Change, type Compare} from './change'
import type {Schema} from './schema'

/** Changes of an object's properties, of which are required, and of what others may be. */
export const compareObjects = (before: Schema, after: Schema, path: string, compare: Compare): Change[] => [
  ...names(before, after).flatMap((name) => compareProperty(name, before, after, `${path}/properties/${name}`, compare)),
  ...compareAdditional(others(before), others(after), `${path}/additionalProperties`, compare)
]

const names = (...schemas: readonly Schema[]): string[] =>
  [...new Set(schemas.flatMap(({properties = {}, required = []}) => [...Object.keys(properties), ...required]))]

const compareProperty = (name: string, before: Schema, after: Schema, path: string, compare: Compare): Change[] => {
  const [was, is] = [before.properties?.[name], after.properties?.[name]]
  const presence = comparePresence(has(before, name), has(after, name), path)
  if (was !== undefined && is !== undefined) {
    return [...presence, ...compare(was, is, path)]
  }
  if (was !== undefined) {
    return [breaking(path, 'removed: consumers rely on it')]
  }
  return is === undefined ? presence : addedProperty(is, has(after, name) && !has(before, name), others(before), path, compare)
}

const has = (schema: Schema, name: string): boolean => schema.required?.includes(name) ?? false

const comparePresence = (before: boolean, after: boolean, path: string): Change[] => {
  if (before === after) {
    return []
  }
  return after
    ? [breaking(path, 'newly required: archived events may lack it')]
    : [breaking(path, 'no longer required: consumers and input transformers rely on its presence')]
}

/** A property that was bound by `additionalProperties` before is compared with that. */
const addedProperty = (schema: Schema, isRequired: boolean, governing: boolean | Schema, path: string, compare: Compare): Change[] => {
  if (isRequired) {
    return [breaking(path, 'new and required: archived events lack it')]
  }
  const narrowed = typeof governing === 'object' ? compare(governing, schema, path).filter(({verdict}) => verdict === 'breaking') : []
  return narrowed.length > 0 ? narrowed : [safe(path, 'new and optional')]
}

const others = ({additionalProperties = true}: Schema): boolean | Schema =>
  typeof additionalProperties === 'object' && meaning(additionalProperties) === '{}' ? true : additionalProperties

const compareAdditional = (before: boolean | Schema, after: boolean | Schema, path: string, compare: Compare): Change[] => {
  if (typeof before === 'object' && typeof after === 'object') {
    return compare(before, after, path)
  }
  if (before === after) {
    return []
  }
  return after === true || before === false
    ? [safe(path, 'takes what it took before')]
    : [breaking(path, 'other properties are bound now: archived events may have them')]
}
