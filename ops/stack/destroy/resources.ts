import {text} from '../../../shared/wiring/values'
import {parseWiring} from '../../../shared/wiring/wiring'

/** What `show -json` prints of a state; an empty one has no values. */
export interface State {
  readonly values?: {readonly root_module?: object}
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

/** What a state has; a destroy that stopped half-way left some of it. */
export const readHoldings = ({values}: State): Holdings => {
  const {resources, ofType} = parseWiring({values: {root_module: values?.root_module ?? {}}})
  const all = (type: string, attribute: string): string[] => ofType(type).map((each) => text(each.values, attribute))
  return {
    count: resources.length,
    tables: all('aws_dynamodb_table', 'name'),
    buckets: all('aws_s3_bucket', 'bucket'),
    archives: all('aws_cloudwatch_event_archive', 'name'),
    applications: all('aws_sns_platform_application', 'arn'),
    queues: all('aws_sqs_queue', 'url'),
    stateMachines: all('aws_sfn_state_machine', 'arn'),
    rules: ofType('aws_cloudwatch_event_rule').map((each) => ({name: text(each.values, 'name'), bus: text(each.values, 'event_bus_name')}))
  }
}
