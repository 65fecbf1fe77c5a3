output "name" {
  description = "Name of the rule."
  value       = aws_cloudwatch_event_rule.this.name
}

output "arn" {
  description = "ARN of the rule, for a replay's FilterArns."
  value       = aws_cloudwatch_event_rule.this.arn
}

output "dead_letter_queue_url" {
  description = "URL of the queue with the events that could not be delivered."
  value       = aws_sqs_queue.undelivered.url
}

output "enabled" {
  description = "Whether the rule acts."
  value       = aws_cloudwatch_event_rule.this.state == "ENABLED"
}

output "pattern" {
  description = "Pattern (JSON) of the events; null for a schedule."
  value       = aws_cloudwatch_event_rule.this.event_pattern
}
