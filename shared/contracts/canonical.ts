import {asObject, isObject} from '../json'
import type {Schema} from './schema'

const annotations = ['description', 'default', '$schema']

/** Whether a keyword says nothing about which details are valid. */
export const isAnnotation = (keyword: string): boolean => annotations.includes(keyword) || keyword.startsWith('x-')

/** A value as text that is equal exactly if the JSON values are: the order of members does not count. */
export const canonical = (value: unknown): string => Array.isArray(value)
  ? `[${value.map(canonical).join()}]`
  : isObject(value)
    ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
    : JSON.stringify(value)

/** A schema as text that is equal if two schemas mean the same: annotations and the order of sets do not count. */
export const meaning = (schema: Schema): string => `{${Object.keys(schema).filter((keyword) => !isAnnotation(keyword)).sort()
  .map((keyword) => `${keyword}:${keywordMeaning(keyword, schema[keyword])}`).join()}}`

const keywordMeaning = (keyword: string, value: unknown): string => {
  if (keyword === 'properties' && isObject(value)) {
    return Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${meaning(asObject(value[name]))}`).join()
  }
  if (['allOf', 'anyOf', 'oneOf'].includes(keyword) && Array.isArray(value)) {
    return value.map(meaning).sort().join()
  }
  if (['required', 'enum'].includes(keyword) && Array.isArray(value)) {
    return value.map(canonical).sort().join()
  }
  return ['items', 'additionalProperties', 'not'].includes(keyword) && isObject(value) ? meaning(value) : canonical(value)
}
