# AWS checks GitHub's certificate against its own list of authorities, so no thumbprint is needed.
resource "aws_iam_openid_connect_provider" "GitHub" {
  count = var.github_provider_arn == "" ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider_arn = var.github_provider_arn == "" ? one(aws_iam_openid_connect_provider.GitHub[*].arn) : var.github_provider_arn
}

# Only jobs of this repository that run in the GitHub environment: its reviewers and branch rules decide who gets there.
data "aws_iam_policy_document" "AssumeDeploy" {
  for_each = var.environments

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.github_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.repository}:environment:${each.key}"]
    }
  }
}

resource "aws_iam_role" "Deploy" {
  for_each = var.environments

  name                 = "MediaDownloaderDeploy-${each.key}"
  description          = "Plans and applies the stack of the GitHub environment ${each.key}."
  assume_role_policy   = data.aws_iam_policy_document.AssumeDeploy[each.key].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "Deploy" {
  for_each = var.environments

  name   = "Deploy"
  role   = aws_iam_role.Deploy[each.key].name
  policy = data.aws_iam_policy_document.Deploy[each.key].json
}
