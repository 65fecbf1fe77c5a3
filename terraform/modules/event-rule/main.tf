locals {
  targets = [for target in [var.function, var.state_machine, var.event_bus] : target if target != null]
  target  = try(local.targets[0], { name = "", arn = "" })
}

resource "aws_cloudwatch_event_rule" "this" {
  name                = var.name
  description         = var.description
  event_bus_name      = var.event_bus_name
  event_pattern       = var.event_pattern
  schedule_expression = var.schedule_expression
  state               = var.enabled ? "ENABLED" : "DISABLED"

  lifecycle {
    precondition {
      condition     = (var.event_pattern == null) != (var.schedule_expression == null)
      error_message = "Expected exactly one of event_pattern and schedule_expression for rule ${var.name}."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = aws_cloudwatch_event_rule.this.event_bus_name
  target_id      = local.target.name
  arn            = local.target.arn
  role_arn       = one(aws_iam_role.target[*].arn)

  retry_policy {
    maximum_event_age_in_seconds = var.maximum_event_age_in_seconds
    maximum_retry_attempts       = var.maximum_retry_attempts
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  dynamic "input_transformer" {
    for_each = var.input_transformer[*]

    content {
      input_paths    = input_transformer.value.paths
      input_template = input_transformer.value.template
    }
  }

  # Here, as a rule that knew its target would wait for the function, and the policy of its queue for both.
  lifecycle {
    precondition {
      condition     = length(local.targets) == 1
      error_message = "Expected exactly one of function, state_machine and event_bus as the target of rule ${var.name}."
    }
  }

  # An event that comes before these is not retried: missing permission is final for EventBridge.
  depends_on = [aws_lambda_permission.this, aws_iam_role_policy.target, aws_sqs_queue_policy.undelivered]
}
