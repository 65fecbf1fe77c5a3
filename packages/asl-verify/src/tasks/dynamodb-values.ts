import {describe, satisfies} from '../shape/describe'
import {alternatives, type Shape} from '../shape/shape'
import type {Scope} from '../expressions/scope'
import {placeIn} from './place'

/** What each of DynamoDB's types takes, in words. */
const types: Readonly<Record<string, string>> = {
  S: 'a string', N: 'a number written as a string', BOOL: 'a boolean', NULL: 'true', B: 'a string in Base64',
  M: 'an object of typed values', L: 'a list of typed values', SS: 'a list of strings', NS: 'a list of numbers as strings', BS: 'a list of strings'
}

/** Where a value stands: its template, the shape it evaluates to, and the names that lead to it. */
interface Place {
  readonly template: unknown
  readonly pointer: string
  readonly names: readonly string[]
}

const at = ({template, pointer, names}: Place): string => placeIn(template, pointer, ...names)
const into = (place: Place, name: string): Place => ({...place, names: [...place.names, name]})

/** Checks a map of attribute values: Key, Item or ExpressionAttributeValues. */
export const checkValues = (values: Shape | undefined, template: unknown, pointer: string, scope: Scope): void => {
  checkMap(values, {template, pointer, names: []}, scope)
}

const checkMap = (values: Shape | undefined, place: Place, scope: Scope): void => {
  if (values?.kind === 'object') {
    Object.entries(values.fields).forEach(([name, {shape}]) => checkValue(shape, into(place, name), scope))
  }
}

const checkValue = (value: Shape, place: Place, scope: Scope): void => {
  const [tag, ...others] = value.kind === 'object' ? Object.keys(value.fields) : []
  if (value.kind === 'any') {
    return
  }
  if (value.kind !== 'object' || tag === undefined || others.length > 0 || !Object.hasOwn(types, tag)) {
    scope.report('dynamodb-value', at(place), `Expected a typed value such as {"S": …} or {"N": "1"}; found ${describe(value)}. Say which of ${Object.keys(types).join(', ')} it is.`)
    return
  }
  checkTyped(tag, value.fields[tag]!.shape, into(place, tag), scope)
}

const checkTyped = (tag: string, shape: Shape, place: Place, scope: Scope): void => {
  if (tag === 'M') {
    checkMap(shape, place, scope)
  } else if (!fits[tag]!(shape)) {
    const hint = tag === 'N' ? ' Write it by States.Format(\'{}\', …), or in quotes.' : ' Hand over a value of that type.'
    scope.report('dynamodb-value', at(place), `Expected ${types[tag]} in "${tag}"; found ${describe(shape)}.${hint}`)
  }
}

const isNumeric = (shape: Shape): boolean => alternatives(shape).every((each) =>
  each.kind === 'any' || (each.kind === 'string' && (each.format === 'numeric' || (each.format === undefined && each.values === undefined))))

const fitsEachItem = (fit: (shape: Shape) => boolean) => (shape: Shape): boolean =>
  alternatives(shape).every((each) => each.kind === 'any' || (each.kind === 'array' && fit(each.items)))

const isString = (shape: Shape): boolean => satisfies(shape, 'string')

const fits: Readonly<Record<string, (shape: Shape) => boolean>> = {
  S: isString,
  B: isString,
  N: isNumeric,
  BOOL: (shape) => satisfies(shape, 'boolean'),
  NULL: (shape) => satisfies(shape, 'boolean'),
  L: (shape) => satisfies(shape, 'array'),
  SS: fitsEachItem(isString),
  BS: fitsEachItem(isString),
  NS: fitsEachItem(isNumeric)
}
