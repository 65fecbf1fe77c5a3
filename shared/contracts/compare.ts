import {isAnnotation, meaning} from './canonical'
import {breaking, safe, type Change, type Compare} from './change'
import {compareAlternatives} from './compare-alternatives'
import {compareObjects} from './compare-objects'
import {compareValues} from './compare-values'
import {detailTypeKeyword, sourceKeyword, type Schema} from './schema'

/**
 * The differences between two versions of an event's schema. Breaking is what would refuse an archived event, and what would take from a
 * consumer something it relies on: a property, its presence, its type, the event's name or source.
 */
export const compareSchemas = (before: Schema, after: Schema): Change[] => [
  ...compareIdentity(before, after),
  ...compareSchema(before, after, '')
]

const compareSchema: Compare = (before, after, path) => [
  ...compareType(before, after, path),
  ...compareValues(before, after, path),
  ...compareObjects(before, after, path, compareSchema),
  ...compareItems(before, after, path),
  ...compareAlternatives(before, after, path, compareSchema),
  ...compareRest(before, after, path)
]

const compareIdentity = (before: Schema, after: Schema): Change[] => [
  ...(before[sourceKeyword] === after[sourceKeyword]
    ? []
    : [breaking(`/${sourceKeyword}`, `${String(before[sourceKeyword])} → ${String(after[sourceKeyword])}: rules match the source`)]),
  ...['title', detailTypeKeyword].flatMap((keyword) => before[keyword] === after[keyword]
    ? []
    : [breaking(`/${keyword}`, `${String(before[keyword])} → ${String(after[keyword])}: rules and consumers know the event by its name`)])
]

const compareType = (before: Schema, after: Schema, path: string): Change[] => {
  if (before.type === after.type) {
    return []
  }
  const what = `${before.type ?? 'any'} → ${after.type ?? 'any'}`
  return before.type === 'integer' && after.type === 'number'
    ? [safe(`${path}/type`, `${what} takes what it took before`)]
    : [breaking(`${path}/type`, `${what}: archived events or consumers rely on the type`)]
}

const compareItems = (before: Schema, after: Schema, path: string): Change[] => {
  if (before.items !== undefined && after.items !== undefined) {
    return compareSchema(before.items, after.items, `${path}/items`)
  }
  return meaning(before.items ?? {}) === meaning(after.items ?? {})
    ? []
    : [breaking(`${path}/items`, before.items === undefined ? 'items are bound now' : 'consumers rely on what the items are')]
}

const judged = new Set([
  'type', 'title', 'properties', 'required', 'additionalProperties', 'items', 'allOf', 'anyOf', 'oneOf', 'not',
  'enum', 'pattern', 'format', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
  'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', sourceKeyword, detailTypeKeyword
])

const compareRest = (before: Schema, after: Schema, path: string): Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((keyword) => !judged.has(keyword) && JSON.stringify(before[keyword]) !== JSON.stringify(after[keyword]))
    .map((keyword) => isAnnotation(keyword)
      ? safe(`${path}/${keyword}`, 'only words changed')
      : breaking(`${path}/${keyword}`, 'a keyword of which nothing is known cannot be shown to be safe'))
