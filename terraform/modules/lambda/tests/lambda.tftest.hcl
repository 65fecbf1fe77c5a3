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
