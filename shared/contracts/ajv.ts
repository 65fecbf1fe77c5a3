import {Ajv} from 'ajv'
import {asObject, isObject} from '../json'
import {formats} from './formats'
import {detailTypeKeyword, sourceKeyword, type Schema} from './schema'

/** An Ajv that takes our schemas as they are; unknown properties are accepted, since readers are tolerant. */
export const contractAjv = (): Ajv => {
  const ajv = new Ajv({allErrors: true, strict: true, strictRequired: false, formats: {...formats}, code: {source: true, esm: true, lines: true}})
  return ajv.addVocabulary([sourceKeyword, detailTypeKeyword])
}

/** Ajv speaks Draft 6 and later, where an exclusive bound is a number of its own. */
export const forAjv = (schema: Schema): Schema => {
  const {$schema: _, ...rest} = asObject(JSON.parse(JSON.stringify(schema), (_key, value) => exclusiveBounds(value)))
  return rest
}

const exclusiveBounds = (value: unknown): unknown => {
  if (!isObject(value)) {
    return value
  }
  const entries = Object.entries(value)
  const exclusive = (bound: string) => entries.some(([name, on]) => name === `exclusive${bound}` && on === true)
  return Object.fromEntries(entries.flatMap(([name, bound]) => {
    if (/^exclusiveM..imum$/.test(name) && typeof bound === 'boolean') {
      return []
    }
    return name === 'minimum' && exclusive('Minimum')
      ? [['exclusiveMinimum', bound]]
      : name === 'maximum' && exclusive('Maximum') ? [['exclusiveMaximum', bound]] : [[name, bound]]
  }))
}
