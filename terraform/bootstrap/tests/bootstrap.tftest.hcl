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
    condition     = { for name, role in aws_iam_role.Deploy : name => role.name } == { dev = "MediaDownloaderDeploy-dev-us-west-2", prod = "MediaDownloaderDeploy-prod-us-west-2" }
    error_message = "Expected one role for each environment and Region."
  }

  assert {
    condition = [for condition in jsondecode(data.aws_iam_policy_document.AssumeDeploy["prod"].json).Statement : condition.Condition.StringEquals] == [{
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = "repo:example/media-downloader:environment:prod"
    }]
    error_message = "Expected the role to be assumed by this repository's jobs in the environment prod only."
  }

  assert {
    condition = alltrue(flatten([for policy in aws_iam_policy.Deploy : [for statement in jsondecode(policy.policy).Statement : [
      for resource in flatten([statement.Resource]) : strcontains(lower(resource), "-dev") || strcontains(resource, ":apigateway:") || strcontains(resource, ":execute-api:") || strcontains(resource, ":s3:::mediadownloader-state-") || strcontains(resource, ":event-source-mapping:")
    ] if !contains(["WithoutResource", "Mappings"], statement.Sid)] if strcontains(policy.name, "-dev-")]))
    error_message = "Expected the role of dev to reach nothing but the stack with the suffix -Dev, the state, APIs and tags of mappings."
  }

  assert {
    condition = alltrue(flatten([for policy in aws_iam_policy.Deploy : [for statement in jsondecode(policy.policy).Statement :
      endswith(statement.Condition.ArnEquals["lambda:FunctionArn"], ":function:SendPushNotification-Dev") if statement.Sid == "Mappings"
    ] if strcontains(policy.name, "-dev-")]))
    error_message = "Expected the role of dev to map queues to the function of its own stack only."
  }
}

run "policies_are_small_enough_for_iam_in_every_region_and_with_every_suffix" {
  command = plan

  variables {
    region       = "us-isof-south-1" # the longest there is: test/architecture/names.test.ts
    environments = { staging-of-everybody = "-SixteenLetters16", prod = "" }
    kms_key_arns = { staging-of-everybody = "arn:aws-us-gov:kms:us-isof-south-1:123456789012:key/mrk-0f0e0d0c0b0a49088706050403020100" }
  }

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws-us-gov" } # longer than aws-iso-f
  }

  assert {
    condition     = { for name, policy in aws_iam_policy.Deploy : name => length(jsonencode(jsondecode(policy.policy))) if length(jsonencode(jsondecode(policy.policy))) > 6144 } == {}
    error_message = "Expected at most 6,144 characters: IAM's limit for a managed policy."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.Deploy) == 2 * 5
    error_message = "Expected five policies for each role, of the ten that IAM attaches."
  }
}

run "nobody_may_read_data_or_assume_everything" {
  command = plan

  assert {
    condition = length(setintersection(
      toset(flatten([for policy in aws_iam_policy.Deploy : [for statement in jsondecode(policy.policy).Statement : statement.Action]])),
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

run "a_repository_with_ids_is_accepted_by_both_forms_of_its_subject" {
  command = plan

  variables {
    github_owner_id      = "4711"
    github_repository_id = "815"
  }

  assert {
    condition = [for condition in jsondecode(data.aws_iam_policy_document.AssumeDeploy["prod"].json).Statement : condition.Condition.StringEquals] == [{
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = [
        "repo:example/media-downloader:environment:prod",
        "repo:example@4711/media-downloader@815:environment:prod"
      ]
      "token.actions.githubusercontent.com:repository_id" = "815"
    }]
    error_message = "Expected both subjects that GitHub may send, and no other repository of that name."
  }
}

run "one_id_alone_is_refused" {
  command = plan

  variables {
    github_owner_id = "4711"
  }

  expect_failures = [var.github_owner_id]
}

run "an_id_that_is_no_number_is_refused" {
  command = plan

  variables {
    github_owner_id      = "4711"
    github_repository_id = "media-downloader"
  }

  expect_failures = [var.github_repository_id]
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

run "an_environment_whose_role_would_have_too_long_a_name_is_refused" {
  command = plan

  variables {
    environments = { staging-of-everybody-and-more-than-that = "-Dev" }
  }

  expect_failures = [var.environments]
}

run "what_an_upgrade_takes_away_can_be_taken_away_and_not_be_used" {
  command = plan

  assert {
    condition = [for statement in jsondecode(data.aws_iam_policy_document.DeployFunctionRoles["dev"].json).Statement : statement.Action if contains(statement.Resource, "arn:aws:iam::123456789012:role/ListFiles-Dev")] == [[
      "iam:ListRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListAttachedRolePolicies", "iam:GetRolePolicy", "iam:GetRole", "iam:DeleteRolePolicy", "iam:DeleteRole"
    ]]
    error_message = "Expected roles without a Region in their names to be read and deleted alone."
  }
}

run "a_key_is_used_by_the_role_of_its_environment_alone_and_through_services" {
  command = plan

  variables {
    kms_key_arns = { prod = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" }
  }

  assert {
    condition = { for name, document in data.aws_iam_policy_document.DeployData : name => [for statement in jsondecode(document.json).Statement : statement.Condition.StringLike if statement.Sid == "Key" && statement.Resource == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"] } == {
      dev  = []
      prod = [{ "kms:ViaService" = "*.us-west-2.amazonaws.com*" }]
    }
    error_message = "Expected prod's role, and no other, to use the key, through services of the Region."
  }

  assert {
    condition = { for name, document in data.aws_iam_policy_document.DeployData : name => [for statement in jsondecode(document.json).Statement : statement.Sid if statement.Action == "kms:DescribeKey"] } == {
      dev  = []
      prod = ["SeeKey", "SeeDefaultKey"]
    }
    error_message = "Expected prod's role, and no other, to see the key and that of DynamoDB."
  }
}

run "a_key_of_no_environment_is_refused" {
  command = plan

  variables {
    kms_key_arns = { production = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" }
  }

  expect_failures = [var.kms_key_arns]
}
