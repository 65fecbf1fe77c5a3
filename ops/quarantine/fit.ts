import type {ErrorObject} from 'ajv'
import {contractAjv, forAjv} from '../../shared/contracts/ajv'
import type {Schema} from '../../shared/contracts/schema'
import {asObject} from '../../shared/json'

const sentence = ({instancePath, keyword, params, message}: ErrorObject): string => {
  const property = `detail${instancePath.replaceAll('/', '.')}`
  return keyword === 'required' ? `${property}.${String(params['missingProperty'])} is required and missing` : `${property} ${message}`
}

/** Why a value does not fit a schema, one sentence each; none if it fits. */
export const misfits = (schema: Schema, value: unknown): string[] => {
  const ajv = contractAjv()
  return ajv.validate(forAjv(schema), value) ? [] : (ajv.errors ?? []).map(sentence)
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * Why a detail is no fix of another, one sentence each; none if it is one. What was right stays as it was, and what may be absent
 * stays absent: consumers know a file, an attempt and an outcome by these, and would take the fixed event for another one.
 */
export const refusalsOfFix = (schema: Schema, original: unknown, fixed: unknown): string[] => {
  const [before, after] = [asObject(original), asObject(fixed)]
  const properties = schema.properties ?? {}
  const isNew = (name: string): boolean => before[name] === undefined && after[name] !== undefined
  return [
    ...misfits(schema, fixed),
    ...Object.keys(after).filter((name) => isNew(name) && properties[name] === undefined).map((name) => `detail.${name} is not in the contract`),
    ...Object.keys(properties).filter((name) => isNew(name) && !schema.required?.includes(name)).map((name) => `detail.${name} was absent and may stay so`),
    ...Object.entries(properties)
      .filter(([name, property]) => before[name] !== undefined && misfits(property, before[name]).length === 0 && !isSame(before[name], after[name]))
      .map(([name]) => `detail.${name} was right and must stay ${JSON.stringify(before[name])}`)
  ]
}
