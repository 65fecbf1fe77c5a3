import type {State} from '../definition'
import type {ExpressionRequest, Facts} from '../facts/facts'
import type {Shape} from '../shape/shape'
import {valuesWithTypes} from './dynamodb-attributes'

/** An attribute that an expression writes, or compares with a value. */
export interface Use {
  readonly attribute: string
  /** Name in ExpressionAttributeValues; undefined if it is no single value. */
  readonly value?: string
  readonly how: 'set' | 'add' | 'remove' | 'delete' | 'compare'
}

/** What the expressions of a request say, or why DynamoDB refuses them. */
export interface Expressions {
  readonly refusal?: string
  readonly updates: readonly Use[]
  readonly comparisons: readonly Use[]
  /** Attributes that the condition asks for. */
  readonly conditionAttributes: readonly string[]
}

type Sample = Readonly<Record<string, unknown>>

const samples: Readonly<Record<string, unknown>> = {
  S: 'x', N: '1', BOOL: true, NULL: true, B: 'eA==', M: {}, L: [], SS: ['x'], NS: ['1'], BS: ['eA==']
}

/** A value of the type alone: which text it is, no expression cares. */
const createSample = (value: Shape): Sample => {
  const [tag = 'S'] = value.kind === 'object' ? Object.keys(value.fields) : []
  return {[tag]: samples[tag] ?? 'x'}
}

type Samples = Readonly<Record<string, Sample>>

const parsed = new WeakMap<object, Map<string, Expressions>>()

/** Parses the expressions of a request with the grammar and the reserved words of DynamoDB; the same request once. */
export const parseExpressions = (parameters: Readonly<Record<string, unknown>>, values: Shape | undefined, facts: Facts): Expressions => {
  const typed = values?.kind === 'object' ? Object.entries(values.fields) : []
  const byName = Object.fromEntries(typed.map(([name, {shape}]) => [name, createSample(shape)]))
  const before = parsed.get(parameters) ?? new Map<string, Expressions>()
  const expressions = before.get(JSON.stringify(byName)) ?? parse(parameters, byName, facts)
  parsed.set(parameters, before.set(JSON.stringify(byName), expressions))
  return expressions
}

/** The expressions of a task by its template alone: what its values hold is unknown. */
export const readExpressions = ({Parameters: parameters = {}}: State, facts: Facts): Expressions =>
  parseExpressions(parameters, valuesWithTypes(parameters.ExpressionAttributeValues), facts)

const parse = (parameters: Readonly<Record<string, unknown>>, byName: Samples, {parseRequest}: Facts): Expressions => {
  const request: ExpressionRequest = {
    ...pick(parameters, 'UpdateExpression', 'ConditionExpression', 'ExpressionAttributeNames'),
    ...(parameters.ExpressionAttributeValues === undefined ? {} : {ExpressionAttributeValues: byName})
  }
  const refusal = parseRequest(request)
  if (refusal !== undefined) {
    return {refusal, updates: [], comparisons: [], conditionAttributes: []}
  }
  const nameOf = (sample: unknown): string | undefined => Object.keys(byName).find((name) => byName[name] === sample)
  return {
    updates: (request._updates?.sections ?? []).map(({type, path: [head, ...rest], val}) =>
      createUse(String(head), rest.length === 0 ? nameOf(val) : undefined, type)),
    comparisons: comparisonsIn(request._condition?.expression, nameOf),
    conditionAttributes: Object.keys(request._condition?.pathHeads ?? {})
  }
}

const pick = (object: Readonly<Record<string, unknown>>, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]))

const createUse = (attribute: string, value: string | undefined, how: Use['how']): Use => ({attribute, how, ...(value === undefined ? {} : {value})})

interface Node {
  readonly type?: string
  readonly name?: string
  readonly args?: readonly unknown[]
}

/** Other functions compare nothing of the attribute's own type. */
const comparing = ['=', '<>', '<', '<=', '>', '>=', 'in', 'between', 'begins_with']

const comparisonsIn = (node: unknown, nameOf: (sample: unknown) => string | undefined): Use[] => {
  const {type = '', name, args = []} = (node ?? {}) as Node
  if (!comparing.includes(name ?? type)) {
    const heads = args.filter((arg): arg is string[] => Array.isArray(arg)).map(([head]) => createUse(String(head), undefined, 'compare'))
    return [...heads, ...args.filter((arg) => !Array.isArray(arg)).flatMap((arg) => comparisonsIn(arg, nameOf))]
  }
  const heads = args.filter((arg): arg is string[] => Array.isArray(arg)).filter((path) => path.length === 1).map(([head]) => String(head))
  const values = args.map(nameOf).filter((value) => value !== undefined)
  return heads.flatMap((head) => values.length === 0 ? [createUse(head, undefined, 'compare')] : values.map((value) => createUse(head, value, 'compare')))
}
