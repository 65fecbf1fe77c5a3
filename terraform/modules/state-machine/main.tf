# /aws/vendedlogs: other groups share one resource policy, which is full after about 20 of them (5,120 characters).
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/vendedlogs/states/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_sfn_state_machine" "this" {
  name       = var.name
  role_arn   = aws_iam_role.this.arn
  type       = "STANDARD"
  definition = var.definition

  # Without data: the execution history shows inputs and outputs for 90 days to those who may read it; logs need not hold users' URLs.
  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.this.arn}:*"
    level                  = "ALL"
    include_execution_data = false
  }

  dynamic "encryption_configuration" {
    for_each = var.kms_key_arn[*]

    content {
      type                              = "CUSTOMER_MANAGED_KMS_KEY"
      kms_key_id                        = encryption_configuration.value
      kms_data_key_reuse_period_seconds = 300
    }
  }

  tracing_configuration {
    enabled = true
  }

  # A deletion waits for the executions that still run; npm run ops -- stack destroy stops them before.
  timeouts {
    create = "10m"
    update = "10m"
    delete = "30m"
  }

  depends_on = [aws_iam_role_policy.this]
}
