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

run "defaults_are_event_driven_and_never_open" {
  assert {
    condition     = module.TriggerFileDownload.enabled && !module.FileCoordinatorSchedule.enabled
    error_message = "Expected the rule on and the schedule off."
  }

  assert {
    condition     = { for key, route in aws_apigatewayv2_route.Function : key => route.authorization_type if route.authorization_type != "AWS_IAM" } == { "POST /feedly" = "NONE" }
    error_message = "Expected IAM authorization on every route but the webhook's, whose function checks a secret."
  }

  assert {
    condition     = local.apns_application_arn == "" && local.fcm_application_arn == ""
    error_message = "Expected no platform application without credentials."
  }
}

run "the_coordinator_takes_over" {
  variables {
    orchestration = "coordinator"
  }

  assert {
    condition     = !module.TriggerFileDownload.enabled && module.FileCoordinatorSchedule.enabled
    error_message = "Expected the rule off and the schedule on."
  }
}

run "both_run_in_parallel" {
  variables {
    orchestration = "parallel"
  }

  assert {
    condition     = module.TriggerFileDownload.enabled && module.FileCoordinatorSchedule.enabled
    error_message = "Expected both on."
  }
}

run "an_issuer_brings_the_jwt_authorizer" {
  variables {
    jwt_issuer   = "https://issuer.example.com"
    jwt_audience = ["media-downloader"]
  }

  assert {
    condition     = { for key, route in aws_apigatewayv2_route.Function : key => route.authorization_type if route.authorization_type != "JWT" } == { "POST /feedly" = "NONE" }
    error_message = "Expected JWT authorization on every route but the webhook's."
  }
}

run "platforms_with_credentials_have_applications" {
  variables {
    apns                = { signing_key = "key", key_id = "id", team_id = "team", bundle_id = "bundle" }
    fcm_service_account = "{}"
  }

  assert {
    condition     = aws_sns_platform_application.Apns[0].platform == "APNS" && aws_sns_platform_application.Fcm[0].platform == "GCM"
    error_message = "Expected one application for each platform."
  }
}

run "an_issuer_without_audience_is_refused" {
  command = plan

  variables {
    jwt_issuer = "https://issuer.example.com"
  }

  expect_failures = [aws_apigatewayv2_authorizer.Jwt]
}

run "without_a_layer_functions_have_none" {
  assert {
    condition     = length(local.yt_dlp_layers) == 0 && length(aws_lambda_layer_version.YtDlp) == 0
    error_message = "Expected no layer by default."
  }
}

run "a_layer_comes_through_the_bucket" {
  variables {
    # Any zip will do here.
    yt_dlp_layer_zip = "../dist/lambdas/TransferFile.zip"
    yt_dlp_layers    = ["arn:aws:lambda:us-west-2:123456789012:layer:Plugins:1"]
  }

  override_resource {
    target = aws_lambda_layer_version.YtDlp
    values = { arn = "arn:aws:lambda:us-west-2:123456789012:layer:YtDlp:7" }
  }

  assert {
    condition     = tolist(local.yt_dlp_layers) == tolist(["arn:aws:lambda:us-west-2:123456789012:layer:Plugins:1", "arn:aws:lambda:us-west-2:123456789012:layer:YtDlp:7"])
    error_message = "Expected both layers; got ${jsonencode(local.yt_dlp_layers)}."
  }

  assert {
    condition     = aws_lambda_layer_version.YtDlp[0].s3_key == "layers/yt-dlp-${filesha256("../dist/lambdas/TransferFile.zip")}.zip"
    error_message = "Expected the key to follow from the content, so that another layer is another version."
  }
}

run "alarms_reach_nobody_and_nothing_is_budgeted_by_default" {
  assert {
    condition     = length(aws_sns_topic_subscription.AlarmEmail) == 0 && length(aws_budgets_budget.Monthly) == 0
    error_message = "Expected neither subscription nor budget."
  }
}

run "without_a_target_nothing_takes_replayed_events" {
  assert {
    condition     = length(module.ReplayToDev) == 0 && length(aws_cloudwatch_event_bus_policy.Replays) == 0 && output.replay_rule_arn == null
    error_message = "Expected no forwarding rule and no policy of the bus."
  }

  assert {
    condition     = alltrue([for contract in values(module.EventContracts.events) : jsondecode(contract.pattern).replay-name == [{ exists = false }]])
    error_message = "Expected every pattern to leave replayed events alone."
  }
}

run "a_target_brings_the_forwarding_rule_with_its_alarm" {
  variables {
    replay_target_bus_arn = "arn:aws:events:eu-central-1:210987654321:event-bus/MediaDownloaderEvents-Dev"
  }

  assert {
    condition     = module.ReplayToDev[0].pattern == jsonencode({ replay-name = [{ exists = true }] }) && module.ReplayToDev[0].enabled
    error_message = "Expected a rule that takes replayed events alone."
  }

  assert {
    condition     = local.queue_names["ReplayToDev-undelivered"] == "ReplayToDev-undelivered"
    error_message = "Expected an alarm on what cannot be handed over."
  }
}

run "pushes_to_many_go_by_a_queue_with_an_end_and_an_alarm" {
  assert {
    condition     = aws_sqs_queue.Pushes.visibility_timeout_seconds == 360 && aws_lambda_event_source_mapping.Pushes.function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "Expected messages to be hidden for six times the function's time, and failures to be reported message by message."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.Pushes.scaling_config[0].maximum_concurrency == 5
    error_message = "Expected the queue to leave most of the account's invocations to others."
  }

  assert {
    condition     = local.queue_names["Pushes-undelivered"] == "Pushes-undelivered" && !contains(values(local.queue_names), "Pushes")
    error_message = "Expected an alarm on what was given up, and none on work."
  }
}

run "the_own_bus_as_target_is_refused" {
  command = plan

  variables {
    replay_target_bus_arn = "arn:aws:events:us-west-2:123456789012:event-bus/MediaDownloaderEvents"
  }

  expect_failures = [output.replay_rule_arn]
}

run "production_that_acts_on_replays_is_refused" {
  command = plan

  variables {
    accept_replayed_events = true
  }

  expect_failures = [output.event_bus_arn]
}

run "media_are_kept_under_keys_of_aws_and_old_versions_go_after_a_week_by_default" {
  assert {
    condition     = { for rule in aws_s3_bucket_lifecycle_configuration.Media.rule : rule.id => rule.status } == { AbortIncompleteUploads = "Enabled", ForgetOldVersions = "Enabled" }
    error_message = "Expected no rule that deletes media."
  }

  assert {
    condition     = aws_s3_bucket_versioning.Media.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_lifecycle_configuration.Media.rule[1].noncurrent_version_expiration[0].noncurrent_days == 7
    error_message = "Expected versions that are kept for 7 days."
  }

  assert {
    condition     = aws_dynamodb_table.MediaDownloader.point_in_time_recovery[0].enabled && aws_dynamodb_table.MediaDownloader.deletion_protection_enabled
    error_message = "Expected point-in-time recovery, and a table that DynamoDB refuses to delete."
  }

  assert {
    condition     = length(aws_dynamodb_table.MediaDownloader.server_side_encryption) == 0 && aws_sns_topic.Alarms.kms_master_key_id == null && aws_cloudwatch_log_group.Api.kms_key_id == null
    error_message = "Expected keys of AWS for table, topic and logs."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_server_side_encryption_configuration.Media.rule : one(rule.apply_server_side_encryption_by_default).sse_algorithm] == ["AES256"]
    error_message = "Expected a bucket encrypted with keys of S3."
  }
}

run "media_are_forgotten_after_their_days" {
  variables {
    media_retention_days = 30
    old_version_days     = 0
    deletion_protection  = false
  }

  assert {
    condition = [for rule in aws_s3_bucket_lifecycle_configuration.Media.rule : [rule.filter[0].prefix, rule.expiration[0].days] if rule.id == "ForgetMedia"] == [
      ["media/", 30]
    ]
    error_message = "Expected media, and nothing else of the bucket, to be deleted after 30 days."
  }

  assert {
    condition     = aws_s3_bucket_versioning.Media.versioning_configuration[0].status == "Suspended" && aws_s3_bucket_lifecycle_configuration.Media.rule[1].noncurrent_version_expiration[0].noncurrent_days == 1
    error_message = "Expected no further versions, and those of before to go."
  }

  assert {
    condition     = !aws_dynamodb_table.MediaDownloader.deletion_protection_enabled
    error_message = "Expected a table without deletion protection where the settings say so."
  }
}

run "the_state_of_this_stack_is_refused_to_another" {
  command = plan

  variables {
    suffix = "-Dev"
  }

  expect_failures = [terraform_data.Suffix]
}

run "the_state_of_this_region_is_refused_to_another" {
  command = plan

  variables {
    region = "eu-central-1"
  }

  expect_failures = [terraform_data.Region]
}

run "credentials_by_the_name_of_a_parameter_make_the_applications" {
  variables {
    apns_parameter                = "/MediaDownloader/Apns"
    fcm_service_account_parameter = "/MediaDownloader/FcmServiceAccount"
  }

  override_data {
    target = data.aws_ssm_parameter.Apns
    values = { value = "{\"platform\":\"APNS_SANDBOX\",\"signing_key\":\"key\",\"key_id\":\"id\",\"team_id\":\"team\",\"bundle_id\":\"bundle\"}" }
  }

  override_data {
    target = data.aws_ssm_parameter.FcmServiceAccount
    values = { value = "{}" }
  }

  assert {
    condition     = aws_sns_platform_application.Apns[0].platform == "APNS_SANDBOX" && aws_sns_platform_application.Apns[0].apple_platform_team_id == "team" && aws_sns_platform_application.Fcm[0].platform_credential == "{}"
    error_message = "Expected applications with the credentials of the parameters."
  }
}

run "credentials_of_apple_that_are_none_are_refused" {
  command = plan

  variables {
    apns_parameter = "/MediaDownloader/Apns"
  }

  override_data {
    target = data.aws_ssm_parameter.Apns
    values = { value = "a key" }
  }

  expect_failures = [data.aws_ssm_parameter.Apns]
}

run "nothing_is_reserved_by_default_so_that_a_new_account_can_apply" {
  variables {
    account_concurrency = 10
  }

  assert {
    condition     = alltrue([for function in [module.TransferFile, module.TransferRange, module.RequestFile, module.ListFiles] : function.reserved_concurrent_executions == -1])
    error_message = "Expected no reservation."
  }

  assert {
    condition     = local.account_concurrency_alarm == 8
    error_message = "Expected an alarm above 8 of 10; got ${local.account_concurrency_alarm}."
  }
}

run "transfers_are_capped_and_the_api_keeps_its_reserve" {
  variables {
    transfer_file_concurrency  = 100
    transfer_range_concurrency = 200
    api_reserved_concurrency   = { RequestFile = 20, ListFiles = 21, CancelFile = 5, RegisterDevice = 6, WebhookFeedly = 7 }
  }

  assert {
    condition     = [for function in [module.TransferFile, module.TransferRange, module.StartFileUpload] : function.reserved_concurrent_executions] == [100, 200, -1]
    error_message = "Expected reservations of both transfer functions, and none of another."
  }

  assert {
    condition     = [for function in [module.RequestFile, module.ListFiles, module.CancelFile, module.RegisterDevice, module.WebhookFeedly] : function.reserved_concurrent_executions] == [20, 21, 5, 6, 7]
    error_message = "Expected each function of the API to have its own."
  }

  assert {
    condition     = length(setsubtract(keys(local.api_functions), keys(var.api_reserved_concurrency))) == 0
    error_message = "Expected every function of the API to be one that may have a reserve."
  }
}

run "a_key_of_ones_own_is_everywhere" {
  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
  }

  assert {
    condition     = aws_sqs_queue.Pushes.kms_master_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" && aws_sqs_queue.PushesUndelivered.kms_master_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    error_message = "Expected the queue of pushes, and its end, under the key."
  }

  assert {
    condition     = aws_dynamodb_table.MediaDownloader.server_side_encryption[0].kms_key_arn == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" && aws_sns_topic.Alarms.kms_master_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c" && aws_cloudwatch_log_group.Api.kms_key_id == "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c"
    error_message = "Expected table, topic and logs under the key."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_server_side_encryption_configuration.Media.rule : [one(rule.apply_server_side_encryption_by_default).sse_algorithm, one(rule.apply_server_side_encryption_by_default).kms_master_key_id, tostring(rule.bucket_key_enabled)]] == [["aws:kms", "arn:aws:kms:us-west-2:123456789012:key/0f0e0d0c", "true"]]
    error_message = "Expected a bucket with a bucket key under the key."
  }
}
