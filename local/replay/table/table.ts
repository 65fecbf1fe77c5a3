import {compileCondition, type Condition} from './condition'
import type {Binding, Item} from './operands'
import {compileUpdate, type Update} from './update'

/** Input of an operation, as the SDK's document client takes it. */
export interface TableInput {
  readonly Key?: Item
  readonly Item?: Item
  readonly UpdateExpression?: string
  readonly ConditionExpression?: string
  readonly KeyConditionExpression?: string
  readonly FilterExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>
  readonly ReturnValues?: string
  readonly IndexName?: string
  readonly Limit?: number
  readonly ScanIndexForward?: boolean
}

/** The keys of a table and of its indexes, which are keyed by the empty name. */
export type TableKeys = ReadonlyMap<string, {readonly hash: string, readonly range: string}>

export interface Table {
  get: (input: TableInput) => Item | undefined
  put: (input: TableInput) => Item | undefined
  update: (input: TableInput) => Item | undefined
  remove: (input: TableInput) => Item | undefined
  query: (input: TableInput) => Item[]
}

const conditionalCheckFailed = (): Error => Object.assign(new Error('The conditional request failed'), {name: 'ConditionalCheckFailedException'})

const cached = <T>(compile: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return (text) => {
    const compiled = known.get(text) ?? compile(text)
    known.set(text, compiled)
    return compiled
  }
}

const toCondition = cached<Condition>(compileCondition)
const toUpdate = cached<Update>(compileUpdate)

const nothing: Item = {}
const toBinding = ({ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {}}: TableInput): Binding => ({names, values})

const holds = (text: string | undefined, item: Item, input: TableInput): boolean => text === undefined || toCondition(text)(item, toBinding(input))

const defined = (item: Item): Item => Object.values(item).includes(undefined)
  ? Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
  : {...item}

const returned = (input: TableInput, before: Item | undefined, after: Item | undefined): Item | undefined => {
  const {ReturnValues = 'NONE'} = input
  return ReturnValues === 'NONE' ? undefined : ReturnValues.endsWith('OLD') ? before : after
}

const byRange = (range: string, forward: boolean) => (left: Item, right: Item): number => {
  const order = String(left[range]) < String(right[range]) ? -1 : 1
  return forward ? order : -order
}

/** A table in memory that knows DynamoDB's expressions, for the few items of one file. Every item that is handed out stays as it was. */
export const createTable = (keys: TableKeys): Table => {
  const items = new Map<string, Item>()
  const {hash, range} = keys.get('') ?? {hash: 'PK', range: 'SK'}
  const nameOf = (key: Item): string => `${String(key[hash])}\0${String(key[range])}`
  const change = (input: TableInput, key: Item, next: (before: Item) => Item | undefined): Item | undefined => {
    const name = nameOf(key)
    const before = items.get(name)
    if (!holds(input.ConditionExpression, before ?? nothing, input)) {
      throw conditionalCheckFailed()
    }
    const after = next(before ?? {[hash]: key[hash], [range]: key[range]})
    if (after === undefined) {
      items.delete(name)
    } else {
      items.set(name, after)
    }
    return returned(input, before, after)
  }
  return {
    get: ({Key = nothing}) => items.get(nameOf(Key)),
    put: (input) => change(input, input.Item ?? nothing, () => defined(input.Item ?? nothing)),
    update: (input) => change(input, input.Key ?? nothing, (before) => toUpdate(input.UpdateExpression ?? '')(before, toBinding(input))),
    remove: (input) => change(input, input.Key ?? nothing, () => undefined),
    query: (input) => {
      const key = keys.get(input.IndexName ?? '') ?? {hash, range}
      return [...items.values()]
        .filter((item) => item[key.hash] !== undefined && item[key.range] !== undefined && holds(input.KeyConditionExpression, item, input))
        .toSorted(byRange(key.range, input.ScanIndexForward ?? true))
        .slice(0, input.Limit)
        .filter((item) => holds(input.FilterExpression, item, input))
    }
  }
}
