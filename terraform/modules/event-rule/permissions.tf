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

resource "aws_iam_role" "start_execution" {
  count = var.state_machine == null ? 0 : 1

  name               = var.name
  description        = "Lets the rule ${var.name} start ${var.state_machine.name}."
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "start_execution" {
  count = var.state_machine == null ? 0 : 1

  statement {
    sid       = "StartExecution"
    actions   = ["states:StartExecution"]
    resources = [var.state_machine.arn]
  }
}

resource "aws_iam_role_policy" "start_execution" {
  count = var.state_machine == null ? 0 : 1

  name   = "StartExecution"
  role   = one(aws_iam_role.start_execution[*].name)
  policy = one(data.aws_iam_policy_document.start_execution[*].json)
}
