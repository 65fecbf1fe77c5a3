# Functions and their layer.
data "aws_iam_policy_document" "DeployFunctions" {
  for_each = var.environments

  # Invoking is left to those who use the stack.
  statement {
    sid = "Functions"
    actions = [
      "lambda:AddPermission", "lambda:CreateFunction", "lambda:Delete*", "lambda:Get*", "lambda:List*", "lambda:PublishLayerVersion",
      "lambda:PutFunctionConcurrency", "lambda:PutFunctionEventInvokeConfig", "lambda:RemovePermission", "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateFunction*"
    ]
    resources = concat(
      [for name in local.function_names : "${local.here.lambda}:function:${name}${each.value}"],
      ["${local.here.lambda}:layer:YtDlp${each.value}", "${local.here.lambda}:layer:YtDlp${each.value}:*"]
    )
  }

  # A mapping has an id for a name, and whose it is stands in a condition.
  statement {
    sid       = "Mappings"
    actions   = ["lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "lambda:FunctionArn"
      values   = ["${local.here.lambda}:function:SendPushNotification${each.value}"]
    }
  }

  statement {
    sid       = "TagMappings"
    actions   = ["lambda:ListTags", "lambda:TagResource", "lambda:UntagResource"]
    resources = ["${local.here.lambda}:event-source-mapping:*"]
  }
}
