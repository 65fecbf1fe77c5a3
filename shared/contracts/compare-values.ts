import {canonical} from './canonical'
import {breaking, safe, type Change} from './change'
import type {Schema} from './schema'

/** The types that a keyword says something about; on others it has no effect. */
const reach: Readonly<Record<string, readonly string[]>> = {
  pattern: ['string'], format: ['string'], minLength: ['string'], maxLength: ['string'],
  minimum: ['number', 'integer'], maximum: ['number', 'integer'], multipleOf: ['number', 'integer'],
  minItems: ['array'], maxItems: ['array'], uniqueItems: ['array'],
  minProperties: ['object'], maxProperties: ['object']
}

type Widens = (before: Schema, after: Schema, keyword: string) => boolean

const notSmaller: Widens = (before, after, keyword) => after[keyword] === undefined || Number(before[keyword]) <= Number(after[keyword])
const notLarger: Widens = (before, after, keyword) => Number(before[keyword] ?? 0) >= Number(after[keyword] ?? 0)
const gone: Widens = (_before, after, keyword) => after[keyword] === undefined

/** Whether every value that the keyword let through before is let through after. */
const widens: Readonly<Record<string, Widens>> = {
  pattern: gone,
  format: gone,
  maxLength: notSmaller,
  maxItems: notSmaller,
  maxProperties: notSmaller,
  minLength: notLarger,
  minItems: notLarger,
  minProperties: notLarger,
  uniqueItems: (_before, after) => after.uniqueItems !== true,
  minimum: (before, after) => lowest(after) <= lowest(before),
  maximum: (before, after) => highest(after) >= highest(before),
  multipleOf: (before, after) => {
    const step = before.multipleOf ?? (before.type === 'integer' ? 1 : undefined)
    return after.multipleOf === undefined || (step !== undefined && isMultiple(Number(step), Number(after.multipleOf)))
  },
  enum: (before, after) => after.enum === undefined || (before.enum !== undefined && isSubset(before.enum, after.enum))
}

/** Changes of the keywords that bound a value, one at most for each. */
export const compareValues = (before: Schema, after: Schema, path: string): Change[] => Object.entries(widens).flatMap(([keyword, isWider]) => {
  if (said(before, keyword) === said(after, keyword)) {
    return []
  }
  const what = `${shown(before, keyword)} → ${shown(after, keyword)}`
  if (after.type !== undefined && reach[keyword]?.includes(after.type) === false) {
    return [safe(`${path}/${keyword}`, `${what} has no effect on type ${after.type}`)]
  }
  return isWider(before, after, keyword)
    ? [safe(`${path}/${keyword}`, `${what} takes what it took before`)]
    : [breaking(`${path}/${keyword}`, `${what} refuses what was valid: archived events would no longer parse`)]
})

const exclusive: Readonly<Record<string, string>> = {minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum'}

const said = (schema: Schema, keyword: string): string =>
  `${keyword === 'enum' ? schema.enum?.map(canonical).sort().join() : canonical(schema[keyword])} ${schema[exclusive[keyword] ?? ''] === true}`

const shown = (schema: Schema, keyword: string): string =>
  `${JSON.stringify(schema[keyword]) ?? 'none'}${schema[exclusive[keyword] ?? ''] === true ? ' (exclusive)' : ''}`

/** The bound as a number to compare: an exclusive one stands a hair further in, that of an integer at the nearest integer. */
const lowest = (schema: Schema): number => bound(schema, 'minimum', 1)
const highest = (schema: Schema): number => bound(schema, 'maximum', -1)

const bound = (schema: Schema, keyword: string, inward: 1 | -1): number => {
  if (schema[keyword] === undefined) {
    return -inward * Infinity
  }
  const value = Number(schema[keyword])
  const isExclusive = schema[exclusive[keyword]!] === true
  if (schema.type !== 'integer') {
    return isExclusive ? next(value, inward) : value
  }
  const nearest = inward === 1 ? Math.ceil(value) : Math.floor(value)
  return isExclusive && nearest === value ? value + inward : nearest
}

const next = (value: number, inward: 1 | -1): number => value + inward * Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE)

const isMultiple = (value: number, of: number): boolean => Math.abs(value / of - Math.round(value / of)) < 1e-9

const isSubset = (part: readonly unknown[], whole: readonly unknown[]): boolean => {
  const values = new Set(whole.map(canonical))
  return part.every((value) => values.has(canonical(value)))
}
