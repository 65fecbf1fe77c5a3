output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "reserved_concurrent_executions" {
  description = "Invocations at a time that are kept for the function; -1: none are."
  value       = aws_lambda_function.this.reserved_concurrent_executions
}

output "failure_queue_url" {
  description = "URL of the queue with the events that the function failed to handle; null for a synchronous function."
  value       = one(aws_sqs_queue.failed[*].url)
}
