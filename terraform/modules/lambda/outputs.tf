output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "failure_queue_url" {
  description = "URL of the queue with the events that the function failed to handle; null for a synchronous function."
  value       = one(aws_sqs_queue.failed[*].url)
}
