# AWS checks GitHub's certificate against its own list of authorities, so no thumbprint is needed.
resource "aws_iam_openid_connect_provider" "GitHub" {
  count = var.github_provider_arn == "" ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider_arn = var.github_provider_arn == "" ? one(aws_iam_openid_connect_provider.GitHub[*].arn) : var.github_provider_arn
}

locals {
  # GitHub sends names alone for old repositories, and names with ids for those that were made, renamed or transferred since 2026-07-15.
  owner_and_name      = split("/", var.repository)
  repository_with_ids = "${local.owner_and_name[0]}@${var.github_owner_id}/${local.owner_and_name[1]}@${var.github_repository_id}"
  subjects            = var.github_owner_id == "" ? [var.repository] : [var.repository, local.repository_with_ids]
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
      values   = [for subject in local.subjects : "repo:${subject}:environment:${each.key}"]
    }

    # Names can be given up and taken by somebody else; an id cannot.
    dynamic "condition" {
      for_each = var.github_owner_id == "" ? {} : { repository_id = var.github_repository_id }

      content {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:${condition.key}"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "Deploy" {
  for_each = var.environments

  name                 = "MediaDownloaderDeploy-${each.key}-${var.region}"
  description          = "Plans and applies the stack of the GitHub environment ${each.key}."
  assume_role_policy   = data.aws_iam_policy_document.AssumeDeploy[each.key].json
  max_session_duration = 3600
}

locals {
  deploy_documents = {
    Data          = { for environment, document in data.aws_iam_policy_document.DeployData : environment => document.json }
    Events        = { for environment, document in data.aws_iam_policy_document.DeployEvents : environment => document.json }
    Functions     = { for environment, document in data.aws_iam_policy_document.DeployFunctions : environment => document.json }
    FunctionRoles = { for environment, document in data.aws_iam_policy_document.DeployFunctionRoles : environment => document.json }
    Watching      = { for environment, document in data.aws_iam_policy_document.DeployWatching : environment => document.json }
  }

  # Managed policies of 6,144 characters each: the inline policies of a role share 10,240, which long Region names and suffixes exceed.
  deploy_policies = merge([for part, documents in local.deploy_documents : {
    for environment, document in documents : "${environment}-${part}" => { environment = environment, json = document }
  }]...)
}

resource "aws_iam_policy" "Deploy" {
  for_each = local.deploy_policies

  name        = "MediaDownloaderDeploy-${each.key}-${var.region}"
  description = "A part of what deploying to the GitHub environment ${each.value.environment} takes."
  policy      = each.value.json
}

resource "aws_iam_role_policy_attachment" "Deploy" {
  for_each = local.deploy_policies

  role       = aws_iam_role.Deploy[each.value.environment].name
  policy_arn = aws_iam_policy.Deploy[each.key].arn
}
