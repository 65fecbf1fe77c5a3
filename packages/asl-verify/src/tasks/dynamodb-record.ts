import type {Facts, Table} from '../facts/facts'
import {lookUp} from '../shape/path'
import type {Shape} from '../shape/shape'

export type Parameters = Readonly<Record<string, unknown>>

/** A field of a value; undefined if there is none. */
export const readField = (shape: Shape, name: string): Shape | undefined =>
  lookUp(shape, {segments: [name], many: false, selectedAt: -1}).shape

/** The table of the name; a placeholder's name means the one table of the system. */
export const findTable = ({TableName}: Parameters, {tables}: Facts): Table | undefined =>
  tables.find(({name}) => name === TableName) ?? (tables.length === 1 ? tables[0] : undefined)

/** The type of the item that a task addresses; undefined if none is declared. */
export const findRecord = ({Key}: Parameters, {policy, types}: Facts): Shape | undefined => {
  const item = policy.items.find(({key}) => JSON.stringify(key) === JSON.stringify(Key))
  return item === undefined ? undefined : types[item.record]
}

/** The one declared type of items, for a task whose key is wrong: its data is followed all the same. */
export const onlyRecord = ({policy: {items}, types}: Facts): Shape | undefined => {
  const [record, ...others] = new Set(items.map((item) => item.record))
  return record === undefined || others.length > 0 ? undefined : types[record]
}
