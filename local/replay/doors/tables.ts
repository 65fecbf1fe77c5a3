import {createTable, type Table, type TableInput, type TableKeys} from '../table/table'
import {text, blocks} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'

/** The tables of a wiring, empty. */
export interface Tables {
  readonly commands: Readonly<Record<string, (input: never) => unknown>>
  of: (name: string) => Table
  reset: () => void
}

type Named = TableInput & {readonly TableName: string}
interface Batch {
  readonly RequestItems: Readonly<Record<string, {readonly Keys: ReadonlyArray<Readonly<Record<string, unknown>>>}>>
}

type Values = Parameters<typeof text>[0]

const keysIn = (values: Values): TableKeys => {
  const keyed: Array<readonly [name: string, keys: Values]> = [['', values], ...blocks(values, 'global_secondary_index').map((index) => [text(index, 'name'), index] as const)]
  return new Map(keyed.map(([name, keys]) => [name, {hash: text(keys, 'hash_key'), range: text(keys, 'range_key')}]))
}

const readTableKeys = (wiring: Wiring): ReadonlyMap<string, TableKeys> =>
  new Map(wiring.ofType('aws_dynamodb_table').map(({values}) => [text(values, 'name'), keysIn(values)]))

export const createTables = (wiring: Wiring): Tables => {
  const keys = readTableKeys(wiring)
  const tables = new Map<string, Table>()
  const of = (name: string): Table => {
    const table = tables.get(name) ?? createTable(keys.get(name) ?? new Map())
    tables.set(name, table)
    return table
  }
  return {
    of,
    reset: () => tables.clear(),
    commands: {
      getItem: (input: Named) => ({Item: of(input.TableName).get(input)}),
      putItem: (input: Named) => ({Attributes: of(input.TableName).put(input)}),
      updateItem: (input: Named) => ({Attributes: of(input.TableName).update(input)}),
      deleteItem: (input: Named) => ({Attributes: of(input.TableName).remove(input)}),
      query: (input: Named) => ({Items: of(input.TableName).query(input)}),
      batchGetItem: ({RequestItems}: Batch) => ({
        UnprocessedKeys: {},
        Responses: Object.fromEntries(Object.entries(RequestItems)
          .map(([name, {Keys}]) => [name, Keys.map((Key) => of(name).get({Key})).filter((item) => item !== undefined)]))
      })
    }
  }
}
