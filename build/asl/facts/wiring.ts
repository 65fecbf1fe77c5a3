import {existsSync, readFileSync} from 'node:fs'
import type {Table} from 'asl-verify/facts/facts'

interface Values {
  readonly function_name?: string
  readonly timeout?: number
  readonly name?: string
  readonly hash_key?: string
  readonly range_key?: string
  readonly attribute?: ReadonlyArray<{readonly name: string, readonly type: string}>
}

interface Module {
  readonly resources?: ReadonlyArray<{readonly type: string, readonly values: Values}>
  readonly child_modules?: readonly Module[]
}

/** What is deployed beside a workflow. */
interface Deployed {
  readonly functions: Record<string, number>
  readonly tables: Table[]
}

const defaultTimeout = 3

const resourcesOf = ({resources = [], child_modules: children = []}: Module): NonNullable<Module['resources']> =>
  [...resources, ...children.flatMap(resourcesOf)]

/** Timeouts of functions and keys of tables, from the wiring. Throws where there is none, with the command that makes it. */
export const readDeployed = (file: string): Deployed => {
  if (!existsSync(file)) {
    throw new Error(`Expected ${file} to say which timeout each function has; it is missing. Run npm run wiring.`)
  }
  const resources = resourcesOf((JSON.parse(readFileSync(file, 'utf8')) as {values: {root_module: Module}}).values.root_module)
  const of = (type: string): Values[] => resources.filter((resource) => resource.type === type).map(({values}) => values)
  return {
    functions: Object.fromEntries(of('aws_lambda_function').map(({function_name: name = '', timeout = defaultTimeout}) => [name, timeout])),
    tables: of('aws_dynamodb_table').map(tableOf)
  }
}

const tableOf = ({name = '', hash_key: hash, range_key: range, attribute = []}: Values): Table => ({
  name,
  key: Object.fromEntries([hash, range].filter((key) => key !== undefined && key !== '')
    .map((key) => [key!, attribute.find((each) => each.name === key)?.type ?? 'S']))
})
