output "state_bucket" {
  description = "Bucket of the states: variable STATE_BUCKET of the GitHub repository."
  value       = aws_s3_bucket.State.bucket
}

output "deploy_role_arns" {
  description = "Role of each GitHub environment: its variable DEPLOY_ROLE_ARN."
  value       = { for name, role in aws_iam_role.Deploy : name => role.arn }
}
