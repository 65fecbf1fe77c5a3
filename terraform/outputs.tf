output "api_url" {
  description = "Address of the HTTP API."
  value       = aws_apigatewayv2_stage.Default.invoke_url
}

output "event_bus_arn" {
  description = "ARN of the bus MediaDownloaderEvents."
  value       = module.EventBus.arn

  precondition {
    condition     = !var.accept_replayed_events || var.suffix != ""
    error_message = "Expected accept_replayed_events in a stack with a suffix only: in production every replay would fetch and tell again."
  }
}

output "archive_arn" {
  description = "ARN of the archive, for start-replay."
  value       = module.EventBus.archive_arn
}

output "state_machine_arn" {
  description = "ARN of FileDownloadWorkflow, for start-execution with {\"fileId\": …}."
  value       = module.FileDownloadWorkflow.arn
}

output "table_name" {
  description = "Name of the DynamoDB table."
  value       = aws_dynamodb_table.MediaDownloader.name
}

output "bucket_name" {
  description = "Name of the bucket with the media."
  value       = aws_s3_bucket.Media.bucket
}

output "feedly_token_parameter" {
  description = "SSM SecureString to be created by hand with the secret of POST /feedly."
  value       = local.feedly_token_parameter
}

output "dead_letter_queues" {
  description = "Queues with events that were given up: of each rule those that could not be handed over, of each asynchronous function those that were not handled."
  value       = values(local.queue_names)
}

output "alarm_topic_arn" {
  description = "ARN of the topic that hears of every alarm, for further subscriptions."
  value       = aws_sns_topic.Alarms.arn
}

output "replay_rule_arn" {
  description = "ARN of the rule ReplayToDev, for FilterArns of a replay; null without replay_target_bus_arn."
  value       = one(module.ReplayToDev[*].arn)

  precondition {
    condition     = var.replay_target_bus_arn != "arn:${local.partition}:events:${local.region}:${local.account_id}:event-bus/MediaDownloaderEvents${var.suffix}"
    error_message = "Expected replay_target_bus_arn to be another stack's bus: on its own each replayed event would come round for ever."
  }
}
