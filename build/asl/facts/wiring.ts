import type {Table} from 'asl-verify/facts/facts'
import {wiredFunctions} from '../../../shared/wiring/functions'
import {blocks, text} from '../../../shared/wiring/values'
import {readWiring, type WiredResource} from '../../../shared/wiring/wiring'

/** What is deployed beside a workflow. */
interface Deployed {
  readonly functions: Record<string, number>
  readonly tables: Table[]
}

/** Timeouts of functions and keys of tables, from the wiring. Throws StartError if there is none, with the command that makes it. */
export const readDeployed = (file: string): Deployed => {
  const wiring = readWiring(file)
  return {
    functions: Object.fromEntries(wiredFunctions(wiring).map(({name, timeoutSeconds}) => [name, timeoutSeconds])),
    tables: wiring.ofType('aws_dynamodb_table').map(readTable)
  }
}

const readTable = ({values}: WiredResource): Table => {
  const types = new Map(blocks(values, 'attribute').map((attribute) => [text(attribute, 'name'), text(attribute, 'type')]))
  const keys = [text(values, 'hash_key'), text(values, 'range_key')].filter((key) => key !== '')
  return {name: text(values, 'name'), key: Object.fromEntries(keys.map((key) => [key, types.get(key) ?? 'S']))}
}
