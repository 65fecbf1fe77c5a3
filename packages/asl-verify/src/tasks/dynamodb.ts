import type {State} from '../definition'
import type {Scope} from '../expressions/scope'
import type {Facts} from '../facts/facts'
import type {Shape} from '../shape/shape'
import {parseExpressions, type Use} from './dynamodb-expressions'
import {checkKey} from './dynamodb-key'
import {readField, findRecord, findTable} from './dynamodb-record'
import {checkUse} from './dynamodb-use'
import {checkValues} from './dynamodb-values'
import {isWrite} from './integration'
import {placeIn} from './place'

/** Checks what a task hands to DynamoDB: key, typed values, expressions, and the types of the record's attributes. */
export const checkDynamoDb = (state: State, parameters: Shape, pointer: string, scope: Scope, facts: Facts): void => {
  const given = state.Parameters ?? {}
  const place = (...names: string[]): string => placeIn(given, pointer, ...names)
  for (const name of ['Key', 'Item', 'ExpressionAttributeValues']) {
    checkValues(readField(parameters, name), given[name], place(name), scope)
  }
  checkKey(given, parameters, place('Key'), scope, facts)
  const values = readField(parameters, 'ExpressionAttributeValues')
  const {refusal, updates, comparisons, conditionAttributes} = parseExpressions(given, values, facts)
  if (refusal !== undefined) {
    scope.report('dynamodb-expression', pointer, `Expected expressions that DynamoDB takes; found that it says: ${refusal.replace(/\.$/, '')}. Fix the expression, or what it names.`)
  }
  if (isWrite(state) && given.ConditionExpression === undefined) {
    scope.report('dynamodb-unconditional', pointer,
      'Expected a ConditionExpression, since events come twice and executions overlap; found none. Say in which state the record must be.')
  }
  if (refusal === undefined) {
    checkGuards(updates, conditionAttributes, place('ConditionExpression'), scope, facts)
  }
  const record = findRecord(given, facts)
  if (record !== undefined) {
    [...updates, ...comparisons].forEach((use) => checkUse(use, {record, table: findTable(given, facts), values, place}, scope))
  }
}

const checkGuards = (updates: readonly Use[], asked: readonly string[], pointer: string, scope: Scope, {policy: {guards}}: Facts): void =>
  updates.filter(({how}) => how !== 'remove').forEach(({attribute}) => {
    const missing = guards[attribute]?.filter((each) => !asked.includes(each)) ?? []
    if (missing.length > 0) {
      scope.report('dynamodb-guard', pointer,
        `Expected the condition to ask for ${missing.join(', ')} before '${attribute}' changes; found ${asked.join(', ') || 'nothing'}. Two executions would both write it.`)
    }
  })
