# EventBridge and S3 hand an event over and are done: what the function then fails to do is Lambda's to retry and ours to keep.
resource "aws_sqs_queue" "failed" {
  count = var.asynchronous == null ? 0 : 1

  name                      = "${var.name}-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.asynchronous == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  maximum_retry_attempts       = var.asynchronous.maximum_retry_attempts
  maximum_event_age_in_seconds = var.asynchronous.maximum_event_age_in_seconds

  destination_config {
    on_failure {
      destination = one(aws_sqs_queue.failed[*].arn)
    }
  }
}
