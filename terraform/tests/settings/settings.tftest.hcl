# What a setting may be, without the resources behind it: each plan of those takes seconds. The variables' own files are linked here.

run "another_orchestration_is_refused" {
  command = plan

  variables {
    orchestration = "polling"
  }

  expect_failures = [var.orchestration]
}

run "a_suffix_without_hyphen_is_refused" {
  command = plan

  variables {
    suffix = "Dev"
  }

  expect_failures = [var.suffix]
}

run "an_archive_for_ever_is_refused" {
  command = plan

  variables {
    archive_retention_days = 0
  }

  expect_failures = [var.archive_retention_days]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "an_issuer_without_tls_is_refused" {
  command = plan

  variables {
    jwt_issuer = "http://issuer.example.com"
  }

  expect_failures = [var.jwt_issuer]
}

run "another_apple_platform_is_refused" {
  command = plan

  variables {
    apns = { platform = "ADM", signing_key = "key", key_id = "id", team_id = "team", bundle_id = "bundle" }
  }

  expect_failures = [var.apns]
}

run "a_layer_that_is_not_there_is_refused" {
  command = plan

  variables {
    yt_dlp_layer_zip = "nowhere.zip"
  }

  expect_failures = [var.yt_dlp_layer_zip]
}

run "an_address_without_at_is_refused" {
  command = plan

  variables {
    alarm_email = "nobody"
  }

  expect_failures = [var.alarm_email]
}

run "a_negative_budget_is_refused" {
  command = plan

  variables {
    monthly_budget_usd = -1
  }

  expect_failures = [var.monthly_budget_usd]
}

run "a_failure_rate_of_everything_is_refused" {
  command = plan

  variables {
    failure_rate_percent = 100
  }

  expect_failures = [var.failure_rate_percent]
}

run "less_patience_than_one_transfer_takes_is_refused" {
  command = plan

  variables {
    oldest_unfinished_seconds = 60
  }

  expect_failures = [var.oldest_unfinished_seconds]
}

run "a_target_that_is_no_bus_is_refused" {
  command = plan

  variables {
    replay_target_bus_arn = "arn:aws:sqs:us-west-2:123456789012:Events"
  }

  expect_failures = [var.replay_target_bus_arn]
}

run "an_account_that_is_none_is_refused" {
  command = plan

  variables {
    replay_source_accounts = ["dev"]
  }

  expect_failures = [var.replay_source_accounts]
}

run "half_a_day_of_media_is_refused" {
  command = plan

  variables {
    media_retention_days = 0.5
  }

  expect_failures = [var.media_retention_days]
}

run "a_negative_age_of_versions_is_refused" {
  command = plan

  variables {
    old_version_days = -1
  }

  expect_failures = [var.old_version_days]
}

run "a_log_level_that_nobody_knows_is_refused" {
  command = plan

  variables {
    log_level = "LOUD"
  }

  expect_failures = [var.log_level]
}

run "a_file_larger_than_an_object_of_s3_is_refused" {
  command = plan

  variables {
    max_file_bytes = 5497558138881
  }

  expect_failures = [var.max_file_bytes]
}

run "ranges_of_less_than_a_part_are_refused" {
  command = plan

  variables {
    ranged_from_bytes = 16777215
  }

  expect_failures = [var.ranged_from_bytes]
}

run "less_storage_than_lambda_gives_is_refused" {
  command = plan

  variables {
    transfer_storage_mb = 511
  }

  expect_failures = [var.transfer_storage_mb]
}

run "links_that_outlive_their_credentials_are_refused" {
  command = plan

  variables {
    download_url_seconds = 43201
  }

  expect_failures = [var.download_url_seconds]
}

run "a_part_of_a_connection_is_refused" {
  command = plan

  variables {
    host_concurrency = 1.5
  }

  expect_failures = [var.host_concurrency]
}

run "a_host_that_is_never_connected_to_is_refused" {
  command = plan

  variables {
    host_rate_per_second = 0
  }

  expect_failures = [var.host_rate_per_second]
}

run "a_parameter_without_a_path_is_refused" {
  command = plan

  variables {
    feedly_token_parameter = "FeedlyToken"
  }

  expect_failures = [var.feedly_token_parameter]
}

run "a_cookies_parameter_without_a_path_is_refused" {
  command = plan

  variables {
    yt_dlp_cookies_parameter = "Cookies"
  }

  expect_failures = [var.yt_dlp_cookies_parameter]
}

run "a_runtime_that_the_bundles_are_not_compiled_for_is_refused" {
  command = plan

  variables {
    nodejs_runtime = "nodejs20.x"
  }

  expect_failures = [var.nodejs_runtime]
}

run "apple_credentials_by_a_name_without_a_path_are_refused" {
  command = plan

  variables {
    apns_parameter = "Apns"
  }

  expect_failures = [var.apns_parameter]
}

run "firebase_credentials_by_a_name_without_a_path_are_refused" {
  command = plan

  variables {
    fcm_service_account_parameter = "Fcm"
  }

  expect_failures = [var.fcm_service_account_parameter]
}

run "an_account_of_less_than_a_new_one_is_refused" {
  command = plan

  variables {
    account_concurrency = 9
  }

  expect_failures = [var.account_concurrency]
}

run "reservations_that_leave_less_than_lambda_keeps_are_refused" {
  command = plan

  variables {
    account_concurrency        = 300
    transfer_file_concurrency  = 100
    transfer_range_concurrency = 100
    api_reserved_concurrency   = { RequestFile = 1 }
  }

  expect_failures = [var.account_concurrency]
}

run "a_reservation_in_a_new_account_is_refused" {
  command = plan

  variables {
    account_concurrency      = 10
    api_reserved_concurrency = { ListFiles = 1 }
  }

  expect_failures = [var.account_concurrency]
}

run "a_reserve_for_a_function_of_another_kind_is_refused" {
  command = plan

  variables {
    api_reserved_concurrency = { TransferFile = 20 }
  }

  expect_failures = [var.api_reserved_concurrency]
}

run "a_reserve_of_nothing_is_refused" {
  command = plan

  variables {
    api_reserved_concurrency = { ListFiles = 0 }
  }

  expect_failures = [var.api_reserved_concurrency]
}

run "a_transfer_that_would_never_run_is_refused" {
  command = plan

  variables {
    transfer_file_concurrency = 0
  }

  expect_failures = [var.transfer_file_concurrency]
}

run "ranges_that_would_never_be_brought_are_refused" {
  command = plan

  variables {
    transfer_range_concurrency = 0
  }

  expect_failures = [var.transfer_range_concurrency]
}

run "an_alias_of_a_key_is_refused" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:alias/mine"
  }

  expect_failures = [var.kms_key_arn]
}

run "a_key_of_another_region_is_refused" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0f0e0d0c"
  }

  expect_failures = [var.kms_key_arn]
}

run "one_invocation_at_a_time_is_no_push_concurrency" {
  command = plan

  variables {
    push_concurrency = 1
  }

  expect_failures = [var.push_concurrency]
}
