mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = {
      arn = "arn:aws:events:us-west-2:123456789012:rule/Events/Asked"
    }
  }

  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:us-west-2:123456789012:Asked-undelivered"
      url = "https://sqs.us-west-2.amazonaws.com/123456789012/Asked-undelivered"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/Asked"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

variables {
  name           = "Asked"
  description    = "Somebody asked."
  event_bus_name = "Events"
  event_pattern  = "{\"source\":[\"ours.request\"]}"
  function       = { name = "Answer", arn = "arn:aws:lambda:us-west-2:123456789012:function:Answer" }
}

run "a_function_target_has_retry_policy_dead_letters_and_permission" {
  assert {
    condition     = aws_cloudwatch_event_target.this.retry_policy[0].maximum_retry_attempts == 185 && aws_cloudwatch_event_target.this.retry_policy[0].maximum_event_age_in_seconds == 86400
    error_message = "Expected a retry policy of a day."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.dead_letter_config[0].arn == aws_sqs_queue.undelivered.arn
    error_message = "Expected the rule's own queue as dead-letter queue."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.event_bus_name == "Events"
    error_message = "Expected the target on the rule's bus, not on the default one."
  }

  assert {
    condition     = aws_lambda_permission.this[0].source_arn == aws_cloudwatch_event_rule.this.arn && length(aws_iam_role.target) == 0
    error_message = "Expected a permission for this rule alone, and no role."
  }
}

run "a_state_machine_target_has_a_role_and_the_placeholders_bare" {
  variables {
    function          = null
    region            = "us-west-2"
    state_machine     = { name = "Flow", arn = "arn:aws:states:us-west-2:123456789012:stateMachine:Flow" }
    input_transformer = { paths = { id = "$.detail.id" }, template = "{\"id\": <id>}" }
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.role_arn == aws_iam_role.target[0].arn && length(aws_lambda_permission.this) == 0
    error_message = "Expected a role, and no Lambda permission."
  }

  assert {
    condition     = aws_iam_role.target[0].name == "Asked-us-west-2"
    error_message = "Expected a role's name that no other Region of the account takes."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.input_transformer[0].input_template == "{\"id\": <id>}"
    error_message = "Expected the template as it was given."
  }
}

run "a_bus_target_has_a_role_a_retry_policy_and_dead_letters" {
  variables {
    function  = null
    region    = "us-west-2"
    event_bus = { name = "Events-Dev", arn = "arn:aws:events:eu-central-1:210987654321:event-bus/Events-Dev" }
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.arn == "arn:aws:events:eu-central-1:210987654321:event-bus/Events-Dev" && aws_cloudwatch_event_target.this.role_arn == aws_iam_role.target[0].arn
    error_message = "Expected the bus, by a role: EventBridge sends to no other bus without one."
  }

  assert {
    condition     = data.aws_iam_policy_document.target[0].statement[0].actions == toset(["events:PutEvents"]) && data.aws_iam_policy_document.target[0].statement[0].resources == toset(["arn:aws:events:eu-central-1:210987654321:event-bus/Events-Dev"])
    error_message = "Expected leave to put events on that bus alone."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.retry_policy[0].maximum_retry_attempts == 185 && aws_cloudwatch_event_target.this.dead_letter_config[0].arn == aws_sqs_queue.undelivered.arn
    error_message = "Expected a retry policy and the rule's own queue."
  }
}

run "a_rule_that_is_not_enabled_is_disabled" {
  command = plan

  variables {
    enabled = false
  }

  assert {
    condition     = aws_cloudwatch_event_rule.this.state == "DISABLED"
    error_message = "Expected DISABLED."
  }
}

run "a_reserved_source_is_refused" {
  command = plan

  variables {
    event_pattern = "{\"source\":[\"aws.ours.request\"]}"
  }

  expect_failures = [var.event_pattern]
}

run "an_escaped_placeholder_is_refused" {
  command = plan

  variables {
    input_transformer = { paths = { id = "$.detail.id" }, template = "{\"id\":\"\\u003cid\\u003e\"}" }
  }

  expect_failures = [var.input_transformer]
}

run "a_pattern_with_a_schedule_is_refused" {
  command = plan

  variables {
    schedule_expression = "rate(4 minutes)"
  }

  expect_failures = [aws_cloudwatch_event_rule.this]
}

run "two_targets_are_refused" {
  command = plan

  variables {
    state_machine = { name = "Flow", arn = "arn:aws:states:us-west-2:123456789012:stateMachine:Flow" }
  }

  expect_failures = [aws_cloudwatch_event_target.this]
}

run "a_bus_beside_a_function_is_refused" {
  command = plan

  variables {
    event_bus = { name = "Events-Dev", arn = "arn:aws:events:us-west-2:123456789012:event-bus/Events-Dev" }
  }

  expect_failures = [aws_cloudwatch_event_target.this]
}

run "a_rule_without_target_is_refused" {
  command = plan

  variables {
    function = null
  }

  expect_failures = [aws_cloudwatch_event_target.this]
}

run "more_attempts_than_eventbridge_makes_are_refused" {
  command = plan

  variables {
    maximum_retry_attempts = 186
  }

  expect_failures = [var.maximum_retry_attempts]
}

run "an_age_over_a_day_is_refused" {
  command = plan

  variables {
    maximum_event_age_in_seconds = 86401
  }

  expect_failures = [var.maximum_event_age_in_seconds]
}

run "a_target_that_needs_a_role_is_refused_without_region" {
  command = plan

  variables {
    function      = null
    state_machine = { name = "Flow", arn = "arn:aws:states:us-west-2:123456789012:stateMachine:Flow" }
  }

  expect_failures = [aws_iam_role.target]
}

run "a_name_that_is_too_long_for_a_role_is_refused" {
  command = plan

  variables {
    name   = "AskedByEverybodyWhoEverWantedToHaveAFileOfTheirOwnAt"
    region = "us-isof-south-1"
  }

  expect_failures = [var.region]
}

run "dead_letters_are_under_a_key_of_aws_or_under_the_given_one" {
  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
  }

  assert {
    condition     = aws_sqs_queue.undelivered.kms_master_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    error_message = "Expected the queue under the key."
  }
}

run "dead_letters_without_a_key_are_encrypted_too" {
  assert {
    condition     = aws_sqs_queue.undelivered.kms_master_key_id == null && aws_sqs_queue.undelivered.sqs_managed_sse_enabled
    error_message = "Expected the queue under a key of SQS."
  }
}
