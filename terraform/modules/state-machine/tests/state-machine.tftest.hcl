mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/Flow"
    }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = {
      arn = "arn:aws:logs:us-west-2:123456789012:log-group:/aws/vendedlogs/states/Flow"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

variables {
  region             = "us-west-2"
  name               = "Flow"
  definition         = "{\"StartAt\":\"Done\",\"States\":{\"Done\":{\"Type\":\"Succeed\"}}}"
  policy             = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  log_retention_days = 30
}

run "a_state_machine_is_standard_traced_and_logs_to_a_vended_group" {
  assert {
    condition     = aws_sfn_state_machine.this.type == "STANDARD" && aws_sfn_state_machine.this.tracing_configuration[0].enabled
    error_message = "Expected a traced Standard workflow."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/vendedlogs/states/Flow"
    error_message = "Expected the vended prefix: other groups fill the log-delivery policy."
  }

  assert {
    condition     = aws_sfn_state_machine.this.logging_configuration[0].log_destination == "arn:aws:logs:us-west-2:123456789012:log-group:/aws/vendedlogs/states/Flow:*"
    error_message = "Expected the log group's ARN with :* at its end."
  }

  assert {
    condition     = aws_sfn_state_machine.this.logging_configuration[0].include_execution_data == false
    error_message = "Expected logs without users' URLs."
  }
}

run "a_definition_that_is_not_json_is_refused" {
  command = plan

  variables {
    definition = "StartAt: Done"
  }

  expect_failures = [var.definition]
}

run "a_placeholder_that_was_not_filled_in_is_refused" {
  command = plan

  variables {
    definition = "{\"StartAt\":\"Done\",\"States\":{\"Done\":{\"Type\":\"Succeed\",\"Comment\":\"$${TableName}\"}}}"
  }

  expect_failures = [var.definition]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "the_role_is_named_after_its_region" {
  assert {
    condition     = aws_iam_role.this.name == "Flow-us-west-2" && aws_iam_role_policy.this.name == "Flow"
    error_message = "Expected a name that no other Region of the account takes; got ${aws_iam_role.this.name}."
  }
}

run "a_name_that_is_too_long_for_a_role_is_refused" {
  command = plan

  variables {
    name   = "AnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnAnswer"
    region = "us-isof-south-1"
  }

  expect_failures = [var.region]
}

run "without_a_key_the_history_is_under_a_key_of_aws" {
  assert {
    condition     = length(aws_sfn_state_machine.this.encryption_configuration) == 0 && aws_cloudwatch_log_group.this.kms_key_id == null
    error_message = "Expected no key of one's own."
  }

  assert {
    condition     = length(setintersection([for statement in data.aws_iam_policy_document.this.statement : statement.sid], ["KeepHistory", "UseKey"])) == 0
    error_message = "Expected a role that uses no key."
  }
}

run "with_a_key_history_and_logs_are_under_it" {
  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    policy      = "{\"Statement\":[{\"Action\":[\"dynamodb:UpdateItem\",\"lambda:InvokeFunction\"]}]}"
  }

  assert {
    condition     = aws_sfn_state_machine.this.encryption_configuration[0].kms_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" && aws_sfn_state_machine.this.encryption_configuration[0].type == "CUSTOMER_MANAGED_KMS_KEY" && aws_cloudwatch_log_group.this.kms_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    error_message = "Expected history, definition and logs under the key."
  }

  assert {
    condition = { for statement in data.aws_iam_policy_document.this.statement : statement.sid => one(statement.condition).values if contains(statement.resources, "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c") } == {
      KeepHistory = tolist(["arn:*:states:us-west-2:*:stateMachine:Flow"])
      UseKey      = tolist(["dynamodb.us-west-2.amazonaws.com*"])
    }
    error_message = "Expected the key for this workflow's history, and for what its states use."
  }
}
