# Functions and their roles.
data "aws_iam_policy_document" "DeployFunctions" {
  for_each = var.environments

  # Invoking is left to those who use the stack.
  statement {
    sid = "Functions"
    actions = [
      "lambda:AddPermission", "lambda:CreateFunction", "lambda:Delete*", "lambda:Get*", "lambda:List*", "lambda:PublishLayerVersion",
      "lambda:PutFunctionEventInvokeConfig", "lambda:RemovePermission", "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateFunction*"
    ]
    resources = concat(
      [for name in local.function_names : "${local.here.lambda}:function:${name}${each.value}"],
      ["${local.here.lambda}:layer:YtDlp${each.value}", "${local.here.lambda}:layer:YtDlp${each.value}:*"]
    )
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"
    ]
    resources = [for name in local.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}${each.value}"]
  }

  statement {
    sid       = "HandRolesToServices"
    actions   = ["iam:PassRole"]
    resources = [for name in local.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}${each.value}"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["events.amazonaws.com", "lambda.amazonaws.com", "states.amazonaws.com"]
    }
  }
}
