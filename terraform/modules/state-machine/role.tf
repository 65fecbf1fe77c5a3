data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }
  }
}

locals {
  # IAM has one namespace for all Regions of an account.
  role_name = "${var.name}-${var.region}"

  keyed_services = compact([strcontains(var.policy, "dynamodb:") ? "dynamodb" : "", strcontains(var.policy, "s3:") ? "s3" : ""])
}

# Under another name it is another role: the old one goes when nothing uses it any more. Not so its policy, whose dependencies,
# tables and queues among them, would then be made before the old ones of the same name go.
resource "aws_iam_role" "this" {
  name               = local.role_name
  description        = "Role of the state machine ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.assume.json

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = [var.policy]

  # CloudWatch's log delivery and X-Ray know no resources for these.
  statement {
    sid = "DeliverLogs"
    actions = [
      "logs:CreateLogDelivery",
      "logs:GetLogDelivery",
      "logs:UpdateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:DescribeResourcePolicies",
      "logs:DescribeLogGroups"
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "KeepHistory"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringLike"
        variable = "kms:EncryptionContext:aws:states:stateMachineArn"
        values   = ["arn:*:states:${var.region}:*:stateMachine:${var.name}"]
      }
    }
  }

  # Through the services that the states use, and never by calling KMS itself.
  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "UseKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = [for service in local.keyed_services : "${service}.${var.region}.amazonaws.com*"]
      }
    }
  }

  statement {
    sid = "WriteTraces"
    actions = [
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets"
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.this.json
}
