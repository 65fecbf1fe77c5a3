/** What is known of a value in the state data, without running: its type, and of strings what they hold. */
export type Shape = AnyShape | StringShape | NumberShape | BooleanShape | NullShape | ArrayShape | ObjectShape | UnionShape

export type Format = 'date-time' | 'numeric' | 'arn' | 'uuid'

/** Nothing is known: any JSON. */
interface AnyShape {
  readonly kind: 'any'
  /** Nothing is known because of a fault that was reported: what follows from it is not reported again. */
  readonly isBlamed?: true
}

interface NumberShape {readonly kind: 'number'}
interface BooleanShape {readonly kind: 'boolean'}
interface NullShape {readonly kind: 'null'}

export interface StringShape {
  readonly kind: 'string'
  readonly format?: Format
  /** The only texts it can be, if they are known. */
  readonly values?: readonly string[]
  /** It is JSON text of such a value. */
  readonly json?: Shape
  /** How many times it was lengthened by itself or others; grows without end if a loop appends. */
  readonly growth?: number
}

export interface ArrayShape {
  readonly kind: 'array'
  readonly items: Shape
  /** Length at least. */
  readonly least: number
  /** What is at each place, if the list always has exactly these. */
  readonly each?: readonly Shape[]
}

export interface Field {
  readonly shape: Shape
  readonly optional: boolean
}

export interface ObjectShape {
  readonly kind: 'object'
  readonly fields: Readonly<Record<string, Field>>
  /** There may be other fields, of any shape. */
  readonly open: boolean
}

export interface UnionShape {
  readonly kind: 'union'
  readonly of: readonly Shape[]
}

export const any: Shape = {kind: 'any'}
export const blamed: Shape = {kind: 'any', isBlamed: true}
export const string: Shape = {kind: 'string'}
export const dateTime: Shape = {kind: 'string', format: 'date-time'}
export const numeric: Shape = {kind: 'string', format: 'numeric'}
export const arn: Shape = {kind: 'string', format: 'arn'}
export const number: Shape = {kind: 'number'}
export const boolean: Shape = {kind: 'boolean'}
export const nothing: Shape = {kind: 'null'}

export const arrayShape = (items: Shape, least = 0): ArrayShape => ({kind: 'array', items, least})

/** A closed object, all of whose fields are there. */
export const objectShape = (shapes: Readonly<Record<string, Shape>>): ObjectShape => ({
  kind: 'object', open: false, fields: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, {shape, optional: false}]))
})

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const numberText = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

const detectFormat = (text: string): Format | undefined =>
  isoTime.test(text) ? 'date-time' : numberText.test(text) ? 'numeric' : /^arn:/.test(text) ? 'arn' : undefined

export const literalString = (text: string): StringShape => {
  const format = detectFormat(text)
  return {kind: 'string', values: [text], ...(format === undefined ? {} : {format})}
}

/** The alternatives of a shape; one if it is no union. */
export const alternatives = (shape: Shape): readonly Exclude<Shape, UnionShape>[] =>
  shape.kind === 'union' ? shape.of.flatMap(alternatives) : [shape]
