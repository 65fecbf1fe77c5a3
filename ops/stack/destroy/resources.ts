interface Resource {
  readonly mode?: string
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

interface Module {
  readonly resources?: readonly Resource[]
  readonly child_modules?: readonly Module[]
}

/** What `show -json` prints of a state; an empty one has no values. */
export interface State {
  readonly values?: {readonly root_module?: Module}
}

/** What a stack has of what holds something or runs, by the names that AWS is asked with. */
export interface Holdings {
  /** How many resources the state has in all. */
  readonly count: number
  readonly tables: readonly string[]
  readonly buckets: readonly string[]
  readonly archives: readonly string[]
  readonly applications: readonly string[]
  readonly queues: readonly string[]
  readonly stateMachines: readonly string[]
  readonly rules: ReadonlyArray<{readonly name: string, readonly bus: string}>
}

const resourcesIn = ({resources = [], child_modules: children = []}: Module): Resource[] =>
  [...resources.filter(({mode}) => mode !== 'data'), ...children.flatMap(resourcesIn)]

/** What a state has; a destroy that stopped half-way left some of it. */
export const holdingsOf = ({values}: State): Holdings => {
  const resources = resourcesIn(values?.root_module ?? {})
  const all = (type: string, attribute: string): string[] =>
    resources.filter((each) => each.type === type).map((each) => String(each.values[attribute]))
  return {
    count: resources.length,
    tables: all('aws_dynamodb_table', 'name'),
    buckets: all('aws_s3_bucket', 'bucket'),
    archives: all('aws_cloudwatch_event_archive', 'name'),
    applications: all('aws_sns_platform_application', 'arn'),
    queues: all('aws_sqs_queue', 'url'),
    stateMachines: all('aws_sfn_state_machine', 'arn'),
    rules: resources.filter(({type}) => type === 'aws_cloudwatch_event_rule')
      .map(({values: {name, event_bus_name: bus}}) => ({name: String(name), bus: String(bus)}))
  }
}
