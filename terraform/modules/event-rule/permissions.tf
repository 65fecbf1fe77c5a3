resource "aws_lambda_permission" "this" {
  count = var.function == null ? 0 : 1

  statement_id  = "EventRule-${var.name}"
  action        = "lambda:InvokeFunction"
  function_name = var.function.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.this.arn
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.this.arn]
    }
  }
}

locals {
  # What the rule's role may do: functions need none, they have a permission of their own.
  grant = (
    var.state_machine != null ? { sid = "StartExecution", action = "states:StartExecution" } :
    var.event_bus != null ? { sid = "PutEvents", action = "events:PutEvents" } : null
  )
}

resource "aws_iam_role" "target" {
  count = local.grant == null ? 0 : 1

  name               = var.region == null ? var.name : "${var.name}-${var.region}"
  description        = "Lets the rule ${var.name} hand events to ${local.target.name}."
  assume_role_policy = data.aws_iam_policy_document.assume.json

  lifecycle {
    precondition {
      condition     = length(local.targets) != 1 || var.region != null
      error_message = "Expected region for rule ${var.name}: its target is reached by a role, whose name has it."
    }
  }
}

data "aws_iam_policy_document" "target" {
  count = local.grant == null ? 0 : 1

  statement {
    sid       = local.grant.sid
    actions   = [local.grant.action]
    resources = [local.target.arn]
  }
}

resource "aws_iam_role_policy" "target" {
  count = local.grant == null ? 0 : 1

  name   = local.grant.sid
  role   = one(aws_iam_role.target[*].name)
  policy = one(data.aws_iam_policy_document.target[*].json)
}
