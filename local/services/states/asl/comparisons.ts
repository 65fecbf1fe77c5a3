import {fitsPieces} from '../../../../shared/wildcard'
import {parseTimestamp} from './timestamp'

/** Whether a value meets a comparison with what the rule says; never for values of another type. */
export type Comparison = (value: unknown, wanted: unknown) => boolean

type Order = (left: number, right: number) => boolean

const orders: Readonly<Record<string, Order>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right
}

const numbers = (order: Order): Comparison => (value, wanted) => typeof value === 'number' && typeof wanted === 'number' && order(value, wanted)

/** By code units, as Java compares. */
const texts = (order: Order): Comparison => (value, wanted) =>
  typeof value === 'string' && typeof wanted === 'string' && order(value < wanted ? -1 : Number(value > wanted), 0)

const times = (order: Order): Comparison => (value, wanted) => {
  const [left, right] = [parseTimestamp(value), parseTimestamp(wanted)]
  return left !== undefined && right !== undefined && order(left, right)
}

const booleans: Comparison = (value, wanted) => typeof value === 'boolean' && value === wanted

/** `*` stands for any text, `\\*` for itself. */
const matches: Comparison = (value, wanted) => {
  const pieces = String(wanted).split(/(?<!\\)\*/).map((piece) => piece.replaceAll(/\\([\\*])/g, '$1'))
  return typeof value === 'string' && fitsPieces(value, pieces)
}

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => parseTimestamp(value) !== undefined
}

const ordered = (kind: string, compare: (order: Order) => Comparison): Array<[string, Comparison]> =>
  Object.entries(orders).map(([name, order]) => [`${kind}${name}`, compare(order)])

/** Every comparison of a Choice rule but IsPresent; those that take a path have their own names with `Path` behind. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ...ordered('Numeric', numbers),
  ...ordered('String', texts),
  ...ordered('Timestamp', times),
  ['BooleanEquals', booleans],
  ['StringMatches', matches],
  ...Object.entries(typeTests).map(([name, test]): [string, Comparison] => [name, (value, wanted) => test(value) === wanted])
])
