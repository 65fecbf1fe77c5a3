import {blocks, text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'

type Values = Readonly<Record<string, unknown>>

export interface TimeToLive {
  readonly table: string
  readonly attribute: string
  readonly hashKey: string
  readonly rangeKey: string
}

const keySchema = (values: Values): unknown[] => [
  {AttributeName: text(values, 'hash_key'), KeyType: 'HASH'},
  ...(text(values, 'range_key') === '' ? [] : [{AttributeName: text(values, 'range_key'), KeyType: 'RANGE'}])
]

const projection = (values: Values): unknown => ({
  ProjectionType: text(values, 'projection_type') || 'ALL',
  ...(text(values, 'projection_type') === 'INCLUDE' && {NonKeyAttributes: values['non_key_attributes']})
})

const indexes = (values: Values): unknown[] => blocks(values, 'global_secondary_index').map((index) =>
  ({IndexName: text(index, 'name'), KeySchema: keySchema(index), Projection: projection(index)}))

/** Inputs of CreateTable for each table of the wiring. */
export const tableInputs = (wiring: Wiring): Array<{readonly TableName: string}> => wiring.ofType('aws_dynamodb_table').map(({values}) => ({
  TableName: text(values, 'name'),
  AttributeDefinitions: blocks(values, 'attribute').map((attribute) => ({AttributeName: text(attribute, 'name'), AttributeType: text(attribute, 'type')})),
  KeySchema: keySchema(values),
  BillingMode: 'PAY_PER_REQUEST',
  ...(indexes(values).length > 0 && {GlobalSecondaryIndexes: indexes(values)})
}))

/** The tables that forget items by themselves. */
export const timesToLive = (wiring: Wiring): TimeToLive[] => wiring.ofType('aws_dynamodb_table').flatMap(({values}) =>
  blocks(values, 'ttl').filter((ttl) => ttl['enabled'] === true).map((ttl) => ({
    table: text(values, 'name'), attribute: text(ttl, 'attribute_name'), hashKey: text(values, 'hash_key'), rangeKey: text(values, 'range_key')
  })))
