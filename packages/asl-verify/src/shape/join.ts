import {alternatives, any, type ArrayShape, blamed, type Field, type ObjectShape, type Shape, type StringShape} from './shape'

const maxValues = 40

/** What is true of either: objects are joined field by field, strings by what they hold. */
export const join = (...shapes: readonly Shape[]): Shape => {
  const all = shapes.flatMap(alternatives)
  const unknown = all.filter((each) => each.kind === 'any')
  if (unknown.length > 0) {
    return unknown.some(({isBlamed}) => isBlamed) ? blamed : any
  }
  const groups = [...new Set(all.map(groupKey))].map((group) => all.filter((each) => groupKey(each) === group))
  const joined = groups.map((group) => (group as Shape[]).reduce(joinAlike))
  return joined.length === 1 ? joined[0]! : {kind: 'union', of: joined.toSorted((one, other) => groupKey(one) < groupKey(other) ? -1 : 1)}
}

/** Shapes of a group become one; dates and plain strings stay apart, or a wait would trust both. */
const groupKey = (shape: Shape): string => shape.kind === 'string'
  ? `string ${shape.format ?? ''} ${shape.json === undefined ? '' : JSON.stringify(shape.json)}`
  : shape.kind

const joinAlike = (one: Shape, other: Shape): Shape => {
  if (one.kind === 'string' && other.kind === 'string') {
    return joinStrings(one, other)
  }
  if (one.kind === 'array' && other.kind === 'array') {
    return joinArrays(one, other)
  }
  return one.kind === 'object' && other.kind === 'object' ? joinObjects(one, other) : one
}

const joinStrings = (one: StringShape, other: StringShape): StringShape => {
  const {values: _values, growth: _growth, ...rest} = one
  const values = one.values && other.values ? [...new Set([...one.values, ...other.values])].sort() : undefined
  const growth = Math.max(one.growth ?? 0, other.growth ?? 0)
  return {...rest, ...(values && values.length <= maxValues ? {values} : {}), ...(growth > 0 ? {growth} : {})}
}

const joinArrays = (one: ArrayShape, other: ArrayShape): ArrayShape => ({
  kind: 'array',
  items: one.least === 0 && isEmpty(one) ? other.items : isEmpty(other) ? one.items : join(one.items, other.items),
  least: Math.min(one.least, other.least),
  ...(one.each && other.each?.length === one.each.length ? {each: one.each.map((shape, index) => join(shape, other.each![index]!))} : {})
})

/** An empty list's items are the union of nothing. */
const isEmpty = ({items}: ArrayShape): boolean => items.kind === 'union' && items.of.length === 0

const joinObjects = (one: ObjectShape, other: ObjectShape): ObjectShape => ({
  kind: 'object',
  open: one.open || other.open,
  fields: Object.fromEntries([...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])].sort()
    .map((name) => [name, joinFields(one, other, name)]))
})

const joinFields = (one: ObjectShape, other: ObjectShape, name: string): Field => {
  const [first, second] = [one.fields[name], other.fields[name]]
  if (first === undefined || second === undefined) {
    const known = (first ?? second)!
    const lacking = first === undefined ? one : other
    return {shape: lacking.open ? any : known.shape, optional: true}
  }
  return {shape: join(first.shape, second.shape), optional: first.optional || second.optional}
}

/** Whether two shapes say the same. */
export const isSame = (one: Shape, other: Shape): boolean => canonical(one) === canonical(other)

const canonical = (shape: Shape): string => JSON.stringify(shape, (_key, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value)
