import type {Scope} from '../expressions/scope'
import type {Facts} from '../facts/facts'
import type {Shape} from '../shape/shape'
import {readField, type Parameters, findRecord, findTable} from './dynamodb-record'

/** Checks that Key names the table's own attributes, and an item that the policy declares, if it declares any. */
export const checkKey = (given: Parameters, parameters: Shape, pointer: string, scope: Scope, facts: Facts): void => {
  const [key, table] = [readField(parameters, 'Key'), findTable(given, facts)]
  if (key?.kind !== 'object' || table === undefined) {
    return
  }
  const wanted = Object.entries(table.key).map(([name, type]) => `${name} (${type})`)
  const found = Object.entries(key.fields).map(([name, {shape}]) => `${name} (${shape.kind === 'object' ? Object.keys(shape.fields).join() : '?'})`)
  const {items} = facts.policy
  if (wanted.toSorted().join() !== found.toSorted().join()) {
    scope.report('dynamodb-key', pointer,
      `Expected the key of table ${table.name}: ${wanted.join(', ')}; found ${found.join(', ')}. Name the table's own key attributes.`)
  } else if (items.length > 0 && findRecord(given, facts) === undefined) {
    scope.report('dynamodb-item', pointer,
      `Expected a key that the policy declares: ${items.map((item) => JSON.stringify(item.key)).join(' or ')}; found ${JSON.stringify(given.Key)}. Write the key so, or declare the item.`)
  }
}
