import {join} from '../shape/join'
import {alternatives, any, arrayShape, boolean, type Field, number, numeric, objectShape, type Shape, string, type StringShape} from '../shape/shape'
import type {Demand} from '../shape/describe'

/** What an intrinsic function takes and gives. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export interface Intrinsic {
  /** Undefined if anything goes. */
  readonly takes: readonly (Demand | undefined)[]
  /** How many of them may be left out, from the end. */
  readonly optional?: number
  /** Any number more of this kind. */
  readonly rest?: Demand | 'any'
  readonly gives: (args: readonly Shape[]) => Shape
}

const joinItems = (shape: Shape | undefined): Shape =>
  join(...alternatives(shape ?? any).map((each) => each.kind === 'array' ? each.items : any))

const listStrings = (args: readonly Shape[]): StringShape[] => args.flatMap(alternatives).filter((each) => each.kind === 'string')

const measureGrowth = (args: readonly Shape[]): number => Math.max(0, ...listStrings(args).map(({growth}) => growth ?? 0))

const knownText = (shape: Shape | undefined): string | undefined =>
  shape?.kind === 'string' && shape.values?.length === 1 ? shape.values[0] : undefined

const asText = (args: readonly Shape[]): Shape => ({kind: 'string', growth: measureGrowth(args) + 1})

/** A text alone keeps what it is; anything added makes it another, longer one. */
const format = ([template, ...args]: readonly Shape[]): Shape => {
  if (knownText(template) === '{}') {
    return join(...args.flatMap(alternatives).map((each) => each.kind === 'string' ? each : each.kind === 'number' ? numeric : string))
  }
  return asText(args)
}

const parsed = ([text]: readonly Shape[]): Shape => join(...alternatives(text ?? any).map((each) => (each.kind === 'string' && each.json) || any))

const merged = ([one, other]: readonly Shape[]): Shape => {
  if (one?.kind !== 'object' || other?.kind !== 'object') {
    return objectLike
  }
  const over = Object.entries(other.fields).map(([name, field]): [string, Field] => {
    const under = one.fields[name]
    return [name, field.optional && under ? {shape: join(field.shape, under.shape), optional: under.optional} : field]
  })
  return {kind: 'object', open: one.open || other.open, fields: {...one.fields, ...Object.fromEntries(over)}}
}

const objectLike: Shape = {...objectShape({}), open: true}

export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Format: {takes: ['string'], rest: 'scalar', gives: format},
  StringToJson: {takes: ['string'], gives: parsed},
  JsonToString: {takes: [undefined], gives: ([value]) => ({kind: 'string', json: value ?? any, growth: measureGrowth([value ?? any]) + 1})},
  Array: {takes: [], rest: 'any', gives: (args) => arrayShape(join(...args), args.length)},
  ArrayPartition: {takes: ['array', 'number'], gives: ([list]) => arrayShape(arrayShape(joinItems(list), 1))},
  ArrayContains: {takes: ['array', undefined], gives: () => boolean},
  ArrayRange: {takes: ['number', 'number', 'number'], gives: () => arrayShape(number)},
  ArrayGetItem: {takes: ['array', 'number'], gives: ([list]) => joinItems(list)},
  ArrayLength: {takes: ['array'], gives: () => number},
  ArrayUnique: {takes: ['array'], gives: ([list]) => arrayShape(joinItems(list))},
  Base64Encode: {takes: ['string'], gives: asText},
  Base64Decode: {takes: ['string'], gives: () => string},
  Hash: {takes: ['scalar', 'string'], gives: () => string},
  JsonMerge: {takes: ['object', 'object', 'boolean'], gives: merged},
  MathRandom: {takes: ['number', 'number', 'number'], optional: 1, gives: () => number},
  MathAdd: {takes: ['number', 'number'], gives: () => number},
  StringSplit: {takes: ['string', 'string'], gives: () => arrayShape(string, 1)},
  UUID: {takes: [], gives: () => ({kind: 'string', format: 'uuid'})}
}

/** What a template of Format demands of the number of its arguments; undefined if the template is unknown. */
const countPlaceholders = (template: Shape | undefined): number | undefined => {
  const text = knownText(template)
  return text === undefined || text.includes('${') ? undefined : [...text.matchAll(/(?<!\\)\{\}/g)].length
}

/** Why a known function cannot be called with this number of arguments; undefined if it can. */
export const countFault = (name: string, args: readonly Shape[]): string | undefined => {
  const {takes, optional = 0, rest} = intrinsics[name]!
  const places = name === 'Format' ? countPlaceholders(args[0]) : undefined
  const least = places === undefined ? takes.length - optional : places + 1
  const most = places === undefined ? rest === undefined ? takes.length : Infinity : places + 1
  const count = most === least ? least : most === Infinity ? `${least} or more` : `${least} to ${most}`
  return args.length >= least && args.length <= most ? undefined : `Expected ${count} arguments of States.${name}; found ${args.length}. Pass one for each place.`
}
