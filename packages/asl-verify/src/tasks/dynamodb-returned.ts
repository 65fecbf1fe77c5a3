import type {State} from '../definition'
import type {Facts} from '../facts/facts'
import {any, type Field, type ObjectShape, type Shape, string} from '../shape/shape'
import {toItem} from './dynamodb-attributes'
import {parseExpressions, type Use} from './dynamodb-expressions'
import {readField, onlyRecord, findRecord, findTable} from './dynamodb-record'

/** The attributes that a write returns, as ReturnValues says; undefined if it returns none. */
export const returnedAttributes = (state: State, parameters: Shape, facts: Facts): Field | undefined => {
  const given = state.Parameters ?? {}
  const returned = String(given.ReturnValues ?? 'NONE')
  if (returned === 'NONE') {
    return undefined
  }
  const optional = returned.endsWith('_OLD')
  const record = findRecord(given, facts) ?? onlyRecord(facts)
  if (record?.kind !== 'object') {
    return {shape: any, optional}
  }
  const keys = Object.keys(findTable(given, facts)?.key ?? {}).map((name): [string, Field] => [name, {shape: string, optional: false}])
  const before: ObjectShape = {...record, fields: {...record.fields, ...Object.fromEntries(keys)}}
  const {updates} = parseExpressions(given, readField(parameters, 'ExpressionAttributeValues'), facts)
  const item = optional ? before : updates.reduce(applied, before)
  return {optional, shape: toItem(returned.startsWith('UPDATED') ? only(item, updates) : item)}
}

const applied = (item: ObjectShape, {attribute, how}: Use): ObjectShape => {
  const {[attribute]: field, ...others} = item.fields
  if (field === undefined) {
    return item
  }
  return how === 'remove' ? {...item, fields: others} : {...item, fields: {...others, [attribute]: {shape: field.shape, optional: how === 'delete'}}}
}

const only = (item: ObjectShape, updates: readonly Use[]): ObjectShape =>
  ({...item, fields: Object.fromEntries(Object.entries(item.fields).filter(([name]) => updates.some(({attribute}) => attribute === name)))})
