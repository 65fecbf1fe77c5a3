import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {roleOwner} from '../../build/catalogue/grants'
import {parseWiring} from '../../shared/wiring/wiring'

export const root = join(import.meta.dirname, '../..')

/** Blocks are lists in a state, even where there may be one only. */
type Block<T> = readonly [T]

/** Values of the resource types that tests look at. */
interface Wired {
  aws_apigatewayv2_api: {id: string, name: string}
  aws_apigatewayv2_integration: {id: string, integration_uri: string}
  aws_apigatewayv2_route: {route_key: string, target: string, authorization_type: string}
  aws_cloudwatch_dashboard: {dashboard_name: string, dashboard_body: string}
  aws_cloudwatch_event_archive: {name: string, event_pattern?: string}
  aws_cloudwatch_event_bus: {name: string}
  aws_cloudwatch_event_rule: {name: string, event_bus_name: string, event_pattern?: string, schedule_expression?: string, state: string}
  aws_cloudwatch_event_target: {
    rule: string
    arn: string
    role_arn: string
    input_transformer: Block<{input_paths: Record<string, string>, input_template: string}>
    retry_policy: Block<{maximum_event_age_in_seconds: number, maximum_retry_attempts: number}>
    dead_letter_config: Block<{arn: string}>
  }
  aws_cloudwatch_log_group: {name: string}
  aws_cloudwatch_metric_alarm: {
    alarm_name: string
    alarm_description: string
    treat_missing_data: string
    alarm_actions: readonly string[]
    metric_query: ReadonlyArray<{
      id: string
      expression: string
      return_data: boolean
      metric: ReadonlyArray<{namespace: string, metric_name: string, dimensions: Record<string, string> | null, stat: string, period: number}>
    }>
  }
  aws_dynamodb_table: {
    name: string
    billing_mode: string
    hash_key: string
    range_key: string
    attribute: ReadonlyArray<{name: string, type: string}>
    global_secondary_index: ReadonlyArray<{name: string, hash_key: string, range_key: string, projection_type: string}>
    ttl: Block<{attribute_name: string, enabled: boolean}>
    point_in_time_recovery: Block<{enabled: boolean}>
  }
  aws_iam_role_policy: {role: string, policy: string}
  aws_lambda_event_source_mapping: {
    event_source_arn: string
    function_name: string
    batch_size: number
    function_response_types: readonly string[]
    scaling_config: Block<{maximum_concurrency: number}>
  }
  aws_lambda_function: {
    function_name: string
    timeout: number
    environment: Block<{variables: Record<string, string>}>
    tracing_config: Block<{mode: string}>
  }
  aws_lambda_function_event_invoke_config: {
    function_name: string
    maximum_retry_attempts: number
    destination_config: Block<{on_failure: Block<{destination: string}>}>
  }
  aws_lambda_permission: {function_name: string, principal: string}
  aws_s3_bucket: {bucket: string}
  aws_s3_bucket_lifecycle_configuration: {rule: ReadonlyArray<{
    id: string
    status: string
    abort_incomplete_multipart_upload: unknown
    noncurrent_version_expiration: ReadonlyArray<{noncurrent_days: number}>
  }>}
  aws_s3_bucket_notification: {lambda_function: ReadonlyArray<{lambda_function_arn: string}>}
  aws_s3_bucket_policy: {policy: string}
  aws_s3_bucket_public_access_block: {
    bucket: string
    block_public_acls: boolean
    block_public_policy: boolean
    ignore_public_acls: boolean
    restrict_public_buckets: boolean
  }
  aws_s3_bucket_server_side_encryption_configuration: {rule: ReadonlyArray<{apply_server_side_encryption_by_default: Block<{sse_algorithm: string}>}>}
  aws_s3_bucket_versioning: {versioning_configuration: Block<{status: string}>}
  aws_schemas_registry: {name: string}
  aws_schemas_schema: {name: string}
  aws_sfn_state_machine: {name: string, definition: string, tracing_configuration: Block<{enabled: boolean}>}
  aws_sqs_queue: {
    name: string
    arn: string
    message_retention_seconds: number
    visibility_timeout_seconds: number
    sqs_managed_sse_enabled: boolean
    redrive_policy?: string
  }
}

export interface Statement {
  readonly Sid: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export const wiringText = readFileSync(join(root, 'local/wiring.json'), 'utf8')
const {ofType} = parseWiring(JSON.parse(wiringText))

/** Values of all resources of a type. */
export const wired = <T extends keyof Wired>(type: T): Array<Wired[T]> =>
  ofType(type).map(({values}) => values as unknown as Wired[T])

export const many = (value: string | readonly string[] | undefined): readonly string[] => typeof value === 'string' ? [value] : value ?? []

/** Statements of the policy of a function's, state machine's or rule's role, by the name of either. */
export const statementsOf = (role: string): readonly Statement[] => wired('aws_iam_role_policy')
  .filter((policy) => roleOwner(policy.role) === roleOwner(role))
  .flatMap(({policy}) => (JSON.parse(policy) as {Statement: Statement | Statement[]}).Statement)

/** Detail-types that a role may publish: PutEvents is granted by source and detail-type alone. */
export const mayPublish = (role: string): string[] => statementsOf(role)
  .filter(({Action}) => many(Action).includes('events:PutEvents'))
  .flatMap(({Condition}) => many(Condition?.StringEquals?.['events:detail-type']))
  .sort()
