# The real provider, offline: policy documents are computed by it, so the text itself can be looked at.
provider "aws" {
  region                      = "us-west-2"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = data.aws_partition.current
  values = { partition = "aws" }
}

variables {
  repository          = "example/media-downloader"
  github_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
}

run "each_environment_has_a_role_of_its_own_stack" {
  command = plan

  assert {
    condition     = { for name, role in aws_iam_role.Deploy : name => role.name } == { dev = "MediaDownloaderDeploy-dev", prod = "MediaDownloaderDeploy-prod" }
    error_message = "Expected one role for each environment."
  }

  assert {
    condition = [for condition in jsondecode(data.aws_iam_policy_document.AssumeDeploy["prod"].json).Statement : condition.Condition.StringEquals] == [{
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = "repo:example/media-downloader:environment:prod"
    }]
    error_message = "Expected the role to be assumed by this repository's jobs in the environment prod only."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(data.aws_iam_policy_document.Deploy["dev"].json).Statement : [
      for resource in flatten([statement.Resource]) : strcontains(lower(resource), "-dev") || strcontains(resource, ":apigateway:") || strcontains(resource, ":execute-api:") || strcontains(resource, ":s3:::mediadownloader-state-")
    ] if statement.Sid != "WithoutResource"]))
    error_message = "Expected the role of dev to reach nothing but the stack with the suffix -Dev, the state and APIs."
  }
}

run "policies_are_small_enough_for_iam" {
  command = plan

  assert {
    condition     = alltrue([for document in data.aws_iam_policy_document.Deploy : length(jsonencode(jsondecode(document.json))) <= 10240])
    error_message = "Expected at most 10,240 characters: IAM's limit for the inline policies of a role."
  }
}

run "nobody_may_read_data_or_assume_everything" {
  command = plan

  assert {
    condition = length(setintersection(
      toset(flatten([for statement in jsondecode(data.aws_iam_policy_document.Deploy["prod"].json).Statement : statement.Action])),
      toset(["*", "iam:*", "iam:AttachRolePolicy", "dynamodb:*", "dynamodb:GetItem", "s3:*", "lambda:*", "lambda:InvokeFunction", "sqs:*", "sqs:ReceiveMessage", "sts:AssumeRole"])
    )) == 0
    error_message = "Expected a role that deploys: it reads no data, invokes no functions and attaches no policies of others."
  }
}

run "the_state_is_versioned_and_private" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.State.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_public_access_block.State.restrict_public_buckets
    error_message = "Expected the bucket of the states to be versioned and private."
  }

  assert {
    condition     = output.state_bucket == "mediadownloader-state-123456789012-us-west-2"
    error_message = "Expected the bucket to be named after account and Region."
  }
}

run "the_provider_of_github_is_made_where_there_is_none" {
  command = plan

  variables {
    github_provider_arn = ""
  }

  assert {
    condition     = aws_iam_openid_connect_provider.GitHub[0].client_id_list == toset(["sts.amazonaws.com"])
    error_message = "Expected the provider to take tokens for STS."
  }
}

run "wildcard_repositories_are_refused" {
  command = plan

  variables {
    repository = "example/*"
  }

  expect_failures = [var.repository]
}

run "an_environment_whose_suffix_the_stack_would_refuse_is_refused" {
  command = plan

  variables {
    environments = { dev = "Dev" }
  }

  expect_failures = [var.environments]
}
