data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

locals {
  # IAM has one namespace for all Regions of an account.
  role_name = "${var.name}-${var.region}"

  # Who writes objects or messages has them encrypted. Items are encrypted with a key that DynamoDB has of the table.
  encrypts = var.asynchronous != null || anytrue([for action in ["s3:PutObject", "sqs:SendMessage"] : strcontains(var.policy, action)])
  keyed_services = compact([
    "lambda",
    strcontains(var.policy, "dynamodb:") ? "dynamodb" : "",
    strcontains(var.policy, "s3:") ? "s3" : "",
    var.asynchronous != null || strcontains(var.policy, "sqs:") ? "sqs" : ""
  ])
}

# Under another name it is another role: the old one goes when nothing uses it any more. Not so its policy, whose dependencies,
# tables and queues among them, would then be made before the old ones of the same name go.
resource "aws_iam_role" "this" {
  name               = local.role_name
  description        = "Role of the function ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.assume.json

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = [var.policy]

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  # X-Ray knows no resources for these.
  statement {
    sid       = "WriteTraces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }

  # Through the services that the function uses, and never by calling KMS itself.
  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "UseKey"
      actions   = local.encrypts ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = [for service in local.keyed_services : "${service}.${var.region}.amazonaws.com*"]
      }
    }
  }

  dynamic "statement" {
    for_each = aws_sqs_queue.failed[*].arn

    content {
      sid       = "KeepFailedEvents"
      actions   = ["sqs:SendMessage"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.this.json
}
