mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/Answer"
    }
  }

  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:us-west-2:123456789012:Answer-failed"
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
  name               = "Answer"
  description        = "Answers."
  package            = "./main.tf" # any file: nobody opens it here
  policy             = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  environment        = { TABLE_NAME = "Table" }
  timeout            = 15
  log_level          = "INFO"
  log_retention_days = 30
}

run "a_function_is_traced_logs_with_retention_and_knows_its_name" {
  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active"
    error_message = "Expected active tracing."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/Answer" && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Expected the function's own log group with retention."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables == tomap({ TABLE_NAME = "Table", NODE_OPTIONS = "--enable-source-maps", POWERTOOLS_SERVICE_NAME = "Answer", POWERTOOLS_LOG_LEVEL = "INFO" })
    error_message = "Expected the given environment and the logger's."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs22.x" && aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "Expected Node.js 22 on arm64."
  }
}

run "a_synchronous_function_has_no_failure_queue" {
  assert {
    condition     = length(aws_sqs_queue.failed) == 0 && length(aws_lambda_function_event_invoke_config.this) == 0 && output.failure_queue_url == null
    error_message = "Expected no queue: the caller sees the error."
  }
}

run "an_asynchronous_function_keeps_what_it_fails_to_handle" {
  variables {
    asynchronous = {}
  }

  assert {
    condition     = aws_lambda_function_event_invoke_config.this[0].destination_config[0].on_failure[0].destination == aws_sqs_queue.failed[0].arn
    error_message = "Expected the failure queue as on-failure destination."
  }

  assert {
    condition     = aws_lambda_function_event_invoke_config.this[0].maximum_retry_attempts == 2
    error_message = "Expected two retries."
  }
}

run "three_retries_are_refused" {
  command = plan

  variables {
    asynchronous = { maximum_retry_attempts = 3 }
  }

  expect_failures = [var.asynchronous]
}

run "a_timeout_over_15_minutes_is_refused" {
  command = plan

  variables {
    timeout = 901
  }

  expect_failures = [var.timeout]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "memory_under_128_mb_is_refused" {
  command = plan

  variables {
    memory_mb = 127
  }

  expect_failures = [var.memory_mb]
}

run "storage_over_10_gb_is_refused" {
  command = plan

  variables {
    storage_mb = 10241
  }

  expect_failures = [var.storage_mb]
}

run "a_sixth_layer_is_refused" {
  command = plan

  variables {
    layers = ["a", "b", "c", "d", "e", "f"]
  }

  expect_failures = [var.layers]
}

run "a_name_that_leaves_no_room_for_its_queue_is_refused" {
  command = plan

  variables {
    name = "ANameOf58CharactersWhichIsOneMoreThanThereIsRoomForHere001"
  }

  expect_failures = [var.name]
}

run "the_role_is_named_after_its_region" {
  assert {
    condition     = aws_iam_role.this.name == "Answer-us-west-2" && aws_iam_role_policy.this.name == "Answer"
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

run "without_a_reservation_it_shares_what_the_account_has_left" {
  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "Expected no reservation: Lambda refuses every one in a new account."
  }
}

run "a_reservation_is_the_functions" {
  variables {
    reserved_concurrent_executions = 20
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 20
    error_message = "Expected 20 invocations kept for the function."
  }
}

run "a_function_that_would_never_run_is_refused" {
  command = plan

  variables {
    reserved_concurrent_executions = 0
  }

  expect_failures = [var.reserved_concurrent_executions]
}

run "a_function_without_a_key_uses_keys_of_aws" {
  variables {
    asynchronous = {}
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == null && aws_cloudwatch_log_group.this.kms_key_id == null && aws_sqs_queue.failed[0].kms_master_key_id == null && aws_sqs_queue.failed[0].sqs_managed_sse_enabled
    error_message = "Expected no key of one's own."
  }

  assert {
    condition     = !contains([for statement in data.aws_iam_policy_document.this.statement : statement.sid], "UseKey")
    error_message = "Expected a role that uses no key."
  }
}

run "a_function_with_a_key_has_everything_under_it" {
  variables {
    asynchronous = {}
    kms_key_arn  = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
  }

  assert {
    condition     = alltrue([for key in [aws_lambda_function.this.kms_key_arn, aws_cloudwatch_log_group.this.kms_key_id, aws_sqs_queue.failed[0].kms_master_key_id] : key == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"])
    error_message = "Expected environment, logs and queue under the key."
  }
}

run "a_role_uses_the_key_through_the_services_of_its_policy" {
  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    policy      = "{\"Statement\":[{\"Action\":[\"dynamodb:GetItem\",\"s3:GetObject\"]}]}"
  }

  assert {
    condition = [for statement in data.aws_iam_policy_document.this.statement : [statement.actions, statement.resources, one(statement.condition).variable, toset(one(statement.condition).values)] if statement.sid == "UseKey"] == [[
      toset(["kms:Decrypt"]), toset(["arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"]), "kms:ViaService", toset(["dynamodb.us-west-2.amazonaws.com*", "lambda.us-west-2.amazonaws.com*", "s3.us-west-2.amazonaws.com*"])
    ]]
    error_message = "Expected a function that reads to decrypt, through what it reads."
  }
}

run "a_role_that_writes_objects_has_them_encrypted" {
  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    policy      = "{\"Statement\":[{\"Action\":[\"s3:PutObject\"]}]}"
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.this.statement : statement.actions if statement.sid == "UseKey"] == [toset(["kms:Decrypt", "kms:GenerateDataKey"])]
    error_message = "Expected a function that writes objects to have data keys made."
  }
}

run "an_asynchronous_role_has_its_failed_events_encrypted" {
  variables {
    kms_key_arn  = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    asynchronous = {}
  }

  assert {
    condition = [for statement in data.aws_iam_policy_document.this.statement : [statement.actions, toset(one(statement.condition).values)] if statement.sid == "UseKey"] == [[
      toset(["kms:Decrypt", "kms:GenerateDataKey"]), toset(["lambda.us-west-2.amazonaws.com*", "sqs.us-west-2.amazonaws.com*"])
    ]]
    error_message = "Expected a function with a failure queue to have data keys made for it."
  }
}
