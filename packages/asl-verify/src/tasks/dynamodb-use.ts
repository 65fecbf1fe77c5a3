import type {Scope} from '../expressions/scope'
import type {Table} from '../facts/facts'
import {describe} from '../shape/describe'
import {alternatives, type Shape, string} from '../shape/shape'
import {attributeTag} from './dynamodb-attributes'
import type {Use} from './dynamodb-expressions'
import {readField} from './dynamodb-record'

/** What an attribute is held against. */
export interface Against {
  readonly record: Shape
  readonly table: Table | undefined
  readonly values: Shape | undefined
  readonly place: (...names: string[]) => string
}

/** Checks that an attribute is one of the record's, and the value that is written or compared of its type. */
export const checkUse = ({attribute, value, how}: Use, {record, table, values, place}: Against, scope: Scope): void => {
  const known = table?.key[attribute] === undefined ? readField(record, attribute) : string
  if (known === undefined) {
    scope.report('dynamodb-attribute', place(how === 'compare' ? 'ConditionExpression' : 'UpdateExpression'),
      `Expected attributes that the record has; found '${attribute}'. Name an attribute of the record, or add it to its type.`)
    return
  }
  const typed = value === undefined || values === undefined ? undefined : readField(values, value)
  const [tag] = typed?.kind === 'object' ? Object.keys(typed.fields) : []
  if (tag === undefined || typed?.kind !== 'object') {
    return
  }
  const wanted = attributeTag(known)
  const shape = typed.fields[tag]!.shape
  if (wanted !== undefined && wanted !== tag) {
    scope.report('dynamodb-attribute', place('ExpressionAttributeValues', value!),
      `Expected ${value} to be "${wanted}" as the record's '${attribute}' is; found "${tag}". DynamoDB never finds values of two types equal, less or greater.`)
  } else if (tag === 'S' && !mayBe(shape, known)) {
    scope.report('dynamodb-attribute', place('ExpressionAttributeValues', value!, tag),
      `Expected '${attribute}' to be ${describeValues(known)}; found ${describe(shape)}. Hand over what the record holds there.`)
  }
}

const describeValues = (shape: Shape): string => alternatives(shape)
  .flatMap((each) => each.kind === 'string' && each.values ? each.values.map((value) => `'${value}'`) : [describe(each)]).join(' or ')

/** Whether a text fits a field of times or of few values; an unknown text may. */
const mayBe = (shape: Shape, known: Shape): boolean => alternatives(known).some((field) => alternatives(shape).every((each) => {
  if (each.kind !== 'string' || field.kind !== 'string') {
    return true
  }
  const isTime = field.format !== 'date-time' || each.format === 'date-time' || (each.format === undefined && each.values === undefined)
  return isTime && (field.values === undefined || each.values === undefined || each.values.every((value) => field.values!.includes(value)))
}))
