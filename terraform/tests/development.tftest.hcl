mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "123456789012"
    }
  }

  mock_data "aws_partition" {
    defaults = {
      partition = "aws"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/Mocked"
    }
  }

  mock_resource "aws_lambda_function" {
    defaults = {
      arn = "arn:aws:lambda:us-west-2:123456789012:function:Mocked"
    }
  }

  mock_resource "aws_cloudwatch_event_bus" {
    defaults = {
      arn = "arn:aws:events:us-west-2:123456789012:event-bus/Mocked"
    }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = {
      arn = "arn:aws:events:us-west-2:123456789012:rule/Mocked"
    }
  }

  mock_resource "aws_sfn_state_machine" {
    defaults = {
      arn = "arn:aws:states:us-west-2:123456789012:stateMachine:Mocked"
    }
  }

  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:us-west-2:123456789012:Mocked"
      url = "https://sqs.us-west-2.amazonaws.com/123456789012/Mocked"
    }
  }

  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::mocked"
    }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = {
      arn = "arn:aws:dynamodb:us-west-2:123456789012:table/Mocked"
    }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = {
      arn = "arn:aws:logs:us-west-2:123456789012:log-group:Mocked"
    }
  }

  mock_resource "aws_apigatewayv2_api" {
    defaults = {
      execution_arn = "arn:aws:execute-api:us-west-2:123456789012:mocked"
    }
  }

  mock_resource "aws_sns_topic" {
    defaults = {
      arn = "arn:aws:sns:us-west-2:123456789012:Mocked"
    }
  }

  mock_resource "aws_sns_platform_application" {
    defaults = {
      arn = "arn:aws:sns:us-west-2:123456789012:app/APNS/Mocked"
    }
  }
}

variables {
  suffix = "-Dev"
}

run "a_suffix_is_on_every_name" {

  assert {
    condition = alltrue([
      for name in [module.EventBus.name, module.EventBus.registry_name, module.FileDownloadWorkflow.name, module.TriggerFileDownload.name, module.StartFileUpload.name, aws_dynamodb_table.MediaDownloader.name, aws_apigatewayv2_api.MediaDownloader.name]
      : endswith(name, "-Dev")
    ])
    error_message = "Expected -Dev at the end of every name."
  }

  assert {
    condition     = aws_s3_bucket.Media.bucket == "mediadownloader-dev-123456789012-us-west-2"
    error_message = "Expected the suffix in the bucket's name, which is lower case; got ${aws_s3_bucket.Media.bucket}."
  }
}

run "an_address_and_a_budget_are_taken" {
  variables {
    alarm_email        = "ops@example.com"
    monthly_budget_usd = 25
  }

  assert {
    condition     = aws_sns_topic_subscription.AlarmEmail[0].protocol == "email" && aws_sns_topic_subscription.AlarmEmail[0].endpoint == "ops@example.com"
    error_message = "Expected a subscription of the address."
  }

  assert {
    condition     = aws_budgets_budget.Monthly[0].limit_amount == "25" && { for filter in aws_budgets_budget.Monthly[0].cost_filter : filter.name => one(filter.values) } == { TagKeyValue = "user:Project$MediaDownloader-Dev", Region = "us-west-2" }
    error_message = "Expected a budget of what bears the stack's tag in its Region."
  }

  assert {
    condition     = toset([for notification in aws_budgets_budget.Monthly[0].notification : "${notification.notification_type} ${notification.threshold}"]) == toset(["FORECASTED 80", "ACTUAL 100"])
    error_message = "Expected a warning ahead and one when the money is spent."
  }

  assert {
    condition     = aws_cloudwatch_dashboard.MediaDownloader.dashboard_name == "MediaDownloader-Dev-us-west-2" && aws_budgets_budget.Monthly[0].name == "MediaDownloader-Dev-us-west-2" && alltrue([for name in keys(local.rule_dimensions) : !endswith(name, "-Dev")])
    error_message = "Expected suffix and Region on dashboard and budget, and no suffix in the labels."
  }
}

run "a_development_stack_acts_on_replays_of_other_accounts" {
  variables {
    accept_replayed_events = true
    replay_source_accounts = ["210987654321"]
  }

  assert {
    condition     = alltrue([for contract in values(module.EventContracts.events) : !contains(keys(jsondecode(contract.pattern)), "replay-name")])
    error_message = "Expected patterns that match replayed events."
  }

  assert {
    condition     = length(aws_cloudwatch_event_bus_policy.Replays) == 1 && one([for statement in data.aws_iam_policy_document.Replays.statement : statement.sid]) == "TakeReplaysOf210987654321"
    error_message = "Expected the bus to take events of that account."
  }
}

run "accounts_whose_replays_would_be_left_alone_are_refused" {
  command = plan

  variables {
    replay_source_accounts = ["210987654321"]
  }

  expect_failures = [aws_cloudwatch_event_bus_policy.Replays]
}

run "the_stack_for_development_can_be_deleted" {
  assert {
    condition     = !aws_dynamodb_table.MediaDownloader.deletion_protection_enabled
    error_message = "Expected a table without deletion protection under the suffix -Dev."
  }
}

run "the_state_of_one_stack_is_refused_to_another" {
  command = plan

  variables {
    suffix = ""
  }

  expect_failures = [terraform_data.Suffix]
}
