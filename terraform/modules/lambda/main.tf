resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = var.description
  role             = aws_iam_role.this.arn
  filename         = var.package
  source_code_hash = fileexists(var.package) ? filebase64sha256(var.package) : null
  handler          = "index.handler"
  runtime          = var.runtime
  architectures    = ["arm64"]
  timeout          = var.timeout
  memory_size      = var.memory_mb
  layers           = var.layers
  kms_key_arn      = var.kms_key_arn

  reserved_concurrent_executions = var.reserved_concurrent_executions

  ephemeral_storage {
    size = var.storage_mb
  }

  environment {
    variables = merge(var.environment, {
      # Stack traces name our own files: the package has its source map. It is read at the first error, not at start.
      NODE_OPTIONS            = "--enable-source-maps"
      POWERTOOLS_SERVICE_NAME = var.name
      POWERTOOLS_LOG_LEVEL    = var.log_level
    })
  }

  tracing_config {
    mode = "Active"
  }

  # Else the first invocation makes the log group itself, without retention, or fails for want of permission.
  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.this]
}
