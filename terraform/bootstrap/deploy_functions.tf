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
}
