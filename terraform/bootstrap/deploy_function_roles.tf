# Roles of functions, workflow and rules.
data "aws_iam_policy_document" "DeployFunctionRoles" {
  for_each = var.environments

  statement {
    sid = "Roles"
    actions = [
      "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"
    ]
    resources = [for name in local.role_names : "${local.roles}/${name}${each.value}-${var.region}"]
  }

  # As stacks named their roles before the Region was a part of the names: what an upgrade takes away, and nothing that it could use.
  statement {
    sid = "RolesOfBefore"
    actions = [
      "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies"
    ]
    resources = [for name in local.role_names : "${local.roles}/${name}${each.value}"]
  }

  statement {
    sid       = "HandRolesToServices"
    actions   = ["iam:PassRole"]
    resources = [for name in local.role_names : "${local.roles}/${name}${each.value}-${var.region}"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["events.amazonaws.com", "lambda.amazonaws.com", "states.amazonaws.com"]
    }
  }
}
