/**
 * What local/wiring.json keeps of each resource type: whatever the embedded runtime or a test reads, and nothing that
 * differs from run to run (build hashes, ports) or is secret. A type that is not listed is dropped.
 */
export const keptAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_api: ['id', 'name', 'protocol_type'],
  aws_apigatewayv2_authorizer: ['id', 'api_id', 'name', 'authorizer_type'],
  aws_apigatewayv2_integration: ['id', 'api_id', 'integration_type', 'integration_uri', 'payload_format_version'],
  aws_apigatewayv2_route: ['id', 'api_id', 'route_key', 'target', 'authorization_type', 'authorizer_id'],
  aws_apigatewayv2_stage: ['api_id', 'name', 'default_route_settings'],
  aws_cloudwatch_dashboard: ['dashboard_name', 'dashboard_body'],
  aws_cloudwatch_event_archive: ['name', 'arn', 'event_source_arn', 'event_pattern', 'retention_days'],
  aws_cloudwatch_event_bus: ['name', 'arn'],
  aws_cloudwatch_event_rule: ['name', 'arn', 'description', 'event_bus_name', 'event_pattern', 'schedule_expression', 'state'],
  aws_cloudwatch_event_target: [
    'rule', 'event_bus_name', 'target_id', 'arn', 'role_arn', 'input', 'input_path', 'input_transformer', 'retry_policy', 'dead_letter_config'
  ],
  aws_cloudwatch_log_group: ['name', 'retention_in_days'],
  aws_cloudwatch_metric_alarm: [
    'alarm_name', 'alarm_description', 'comparison_operator', 'threshold', 'evaluation_periods', 'treat_missing_data', 'metric_query', 'alarm_actions'
  ],
  aws_dynamodb_table: ['name', 'arn', 'billing_mode', 'hash_key', 'range_key', 'attribute', 'global_secondary_index', 'ttl',
    'point_in_time_recovery', 'deletion_protection_enabled'],
  aws_iam_role_policy: ['name', 'role', 'policy'],
  aws_lambda_event_source_mapping: ['event_source_arn', 'function_name', 'batch_size', 'maximum_batching_window_in_seconds', 'function_response_types', 'scaling_config', 'enabled'],
  aws_lambda_function: [
    'function_name', 'arn', 'role', 'description', 'handler', 'runtime', 'architectures', 'timeout', 'memory_size', 'ephemeral_storage', 'environment',
    'tracing_config', 'reserved_concurrent_executions'
  ],
  aws_lambda_function_event_invoke_config: ['function_name', 'maximum_event_age_in_seconds', 'maximum_retry_attempts', 'destination_config'],
  aws_lambda_permission: ['function_name', 'action', 'principal', 'source_arn'],
  aws_s3_bucket: ['bucket', 'arn'],
  aws_s3_bucket_lifecycle_configuration: ['bucket', 'rule'],
  aws_s3_bucket_notification: ['bucket', 'lambda_function'],
  aws_s3_bucket_policy: ['bucket', 'policy'],
  aws_s3_bucket_public_access_block: ['bucket', 'block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket', 'rule'],
  aws_s3_bucket_versioning: ['bucket', 'versioning_configuration'],
  aws_schemas_registry: ['name', 'arn'],
  aws_schemas_schema: ['name', 'registry_name', 'arn', 'type', 'content'],
  aws_sfn_state_machine: ['name', 'arn', 'role_arn', 'type', 'definition', 'tracing_configuration'],
  aws_sns_platform_application: ['name', 'arn', 'platform'],
  aws_sqs_queue: ['name', 'arn', 'message_retention_seconds', 'visibility_timeout_seconds', 'sqs_managed_sse_enabled', 'redrive_policy']
}

/** Types whose `id` the emulator rolls again in every run. */
export const randomIds: ReadonlySet<string> = new Set([
  'aws_apigatewayv2_api', 'aws_apigatewayv2_authorizer', 'aws_apigatewayv2_integration', 'aws_apigatewayv2_route'
])
