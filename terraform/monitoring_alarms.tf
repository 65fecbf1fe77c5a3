locals {
  alarm_prefix = "MediaDownloader${var.suffix}"

  # These pass the errors of sources on, so that Lambda or the workflow tries again: single ones are their business.
  tolerated_errors = { StartFileUpload = 10, TransferFile = 20 }

  account_concurrency_alarm = floor(var.account_concurrency * 0.8)

  # An alarm takes ten metrics: where there are more, they have a second alarm.
  events_lost   = { for index, rules in chunklist(keys(local.rule_dimensions), 10) : index == 0 ? "EventsLost" : "EventsLost-${index + 1}" => rules }
  failures_lost = { for index, keys in chunklist(keys(local.asynchronous_function_names), 10) : index == 0 ? "FailuresLost" : "FailuresLost-${index + 1}" => keys }
}

# SQS counts only in queues that are in use: silence is an empty queue.
module "DeadLettersAlarm" {
  source   = "./modules/alarm"
  for_each = local.queue_names

  name               = "${local.alarm_prefix}-DeadLetters-${each.key}"
  summary            = "Events lie in the queue ${each.value}: they were given up and nothing will try them again by itself."
  runbook            = "dead-letters"
  metrics            = { letters = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = each.value }, stat = "Maximum" } }
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# EventBridge counts these only when they are not zero.
module "EventsLostAlarm" {
  source   = "./modules/alarm"
  for_each = local.events_lost

  name               = "${local.alarm_prefix}-${each.key}"
  summary            = "EventBridge could neither deliver an event nor put it into the rule's dead-letter queue: it is gone, but for the archive."
  runbook            = "events-lost"
  metrics            = { for rule in each.value : "r${rule}" => { namespace = "AWS/Events", name = "InvocationsFailedToBeSentToDlq", dimensions = local.rule_dimensions[rule] } }
  expression         = length(each.value) > 1 ? "SUM(METRICS())" : null
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

module "FailuresLostAlarm" {
  source   = "./modules/alarm"
  for_each = local.failures_lost

  name               = "${local.alarm_prefix}-${each.key}"
  summary            = "Lambda gave an event up and could not put it into the function's on-failure queue: it is gone, but for the archive."
  runbook            = "events-lost"
  metrics            = { for key in each.value : "f${key}" => { namespace = "AWS/Lambda", name = "DestinationDeliveryFailures", dimensions = { FunctionName = local.asynchronous_function_names[key] } } }
  expression         = length(each.value) > 1 ? "SUM(METRICS())" : null
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# An execution fails with its file, which now and then is as it should be: a video that was removed. A row of them is not.
module "ExecutionsFailedAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-ExecutionsFailed"
  summary            = "More than 5 executions of FileDownloadWorkflow failed within 15 minutes."
  runbook            = "executions-failed"
  metrics            = { failed = { namespace = "AWS/States", name = "ExecutionsFailed", dimensions = { StateMachineArn = module.FileDownloadWorkflow.arn } } }
  period             = 900
  threshold          = 5
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

module "ExecutionsCutOffAlarm" {
  source = "./modules/alarm"

  name    = "${local.alarm_prefix}-ExecutionsCutOff"
  summary = "An execution of FileDownloadWorkflow timed out: its file was neither brought nor recorded as failed."
  runbook = "executions-cut-off"
  # Not those that were aborted: that is how a user's cancelling ends them.
  metrics            = { timedOut = { namespace = "AWS/States", name = "ExecutionsTimedOut", dimensions = { StateMachineArn = module.FileDownloadWorkflow.arn } } }
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# A function that nobody calls has no errors.
module "FunctionErrorsAlarm" {
  source   = "./modules/alarm"
  for_each = local.function_names

  name               = "${local.alarm_prefix}-FunctionErrors-${each.key}"
  summary            = "The function ${each.value} failed more than ${lookup(local.tolerated_errors, each.key, 0)} times within 15 minutes."
  runbook            = "function-errors"
  metrics            = { errors = { namespace = "AWS/Lambda", name = "Errors", dimensions = { FunctionName = each.value } } }
  period             = 900
  threshold          = lookup(local.tolerated_errors, each.key, 0)
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# Our promise to users. Without files there is nothing to break it with.
module "FailureRateAlarm" {
  source = "./modules/alarm"

  name    = "${local.alarm_prefix}-FailureRate"
  summary = "More than ${var.failure_rate_percent} % of at least 10 files failed within an hour."
  runbook = "failure-rate"
  metrics = {
    failed  = { namespace = local.metric_namespace, name = "FilesFailed", dimensions = { service = module.SendPushNotification.name } }
    settled = { namespace = local.metric_namespace, name = "FilesSettled", dimensions = { service = module.SendPushNotification.name } }
  }
  expression         = "IF(settled >= 10, 100 * failed / settled, 0)"
  period             = 3600
  threshold          = var.failure_rate_percent
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# MeasureBacklog emits a number every 5 minutes, 0 when nothing waits: if it stops, nobody is watching. Before the first one of a new
# stack there is nothing to watch.
module "OldestUnfinishedAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-OldestUnfinished"
  summary            = "A file is due for more than ${var.oldest_unfinished_seconds} seconds and neither here nor failed, or MeasureBacklog does not run."
  runbook            = "oldest-unfinished"
  metrics            = { oldest = { namespace = local.metric_namespace, name = "OldestUnfinishedSeconds", dimensions = { service = module.MeasureBacklog.name }, stat = "Maximum" } }
  period             = 900
  evaluation_periods = 2
  threshold          = var.oldest_unfinished_seconds
  treat_missing_data = "missing"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# Trying again makes this worse; each code has data only when it happens.
module "SourcesBlockedAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-SourcesBlocked"
  summary            = "More than 2 files within an hour were refused by their source, which wants cookies or turns this address away."
  runbook            = "sources-blocked"
  metrics            = { for code in ["NeedsCookiesError", "SourceForbiddenError"] : "code${code}" => { namespace = local.metric_namespace, name = "FilesFailed", dimensions = { service = module.SendPushNotification.name, errorCode = code } } }
  expression         = "SUM(METRICS())"
  period             = 3600
  threshold          = 2
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# Nothing but new cookies helps; whoever waits for a file from that site waits for the operator.
module "CookiesRefusedAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-CookiesRefused"
  summary            = "The cookies of yt_dlp_cookies_parameter did not open a file that wants a login: they have expired, or are none."
  runbook            = "cookies-refused"
  metrics            = { for key, name in { start = module.StartFileUpload.name, transfer = module.TransferFile.name } : key => { namespace = local.metric_namespace, name = "CookiesRefused", dimensions = { service = name } } }
  expression         = "SUM(METRICS())"
  period             = 3600
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# Claimed is what is reserved or runs without a reservation, in the whole account: it has no dimensions, and no data where nothing runs.
module "AccountConcurrencyAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-AccountConcurrency"
  summary            = "The account's functions had taken more than 80 % of the ${var.account_concurrency} invocations that Lambda runs at a time for 15 minutes: soon files wait for each other, and the API refuses requests."
  runbook            = "account-concurrency"
  metrics            = { claimed = { namespace = "AWS/Lambda", name = "ClaimedAccountConcurrency", stat = "Maximum" } }
  evaluation_periods = 3
  threshold          = local.account_concurrency_alarm
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

module "ApiErrorsAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-ApiErrors"
  summary            = "The API answered more than 2 requests with 5xx within 5 minutes."
  runbook            = "api-errors"
  metrics            = { errors = { namespace = "AWS/ApiGateway", name = "5xx", dimensions = { ApiId = aws_apigatewayv2_api.MediaDownloader.id } } }
  threshold          = 2
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# Without dimension, since it has none: every bus of the account in this Region, and entries that were resent with success.
module "PutEventsFailedAlarm" {
  source = "./modules/alarm"

  name               = "${local.alarm_prefix}-PutEventsFailed"
  summary            = "EventBridge refused entries of PutEvents, of whichever publisher in this account and Region."
  runbook            = "events-refused"
  metrics            = { failed = { namespace = "AWS/Events", name = "PutEventsFailedEntriesCount" } }
  evaluation_periods = 3
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}

# What our own functions gave up to publish, after every retry.
module "EventsRefusedAlarm" {
  source = "./modules/alarm"

  name    = "${local.alarm_prefix}-EventsRefused"
  summary = "EventBridge did not take an event of ours, whatever was tried: the step after it will not happen until the publisher runs again."
  runbook = "events-refused"
  metrics = {
    for key, name in local.publisher_names
    : "p${key}" => { namespace = local.metric_namespace, name = "EventsRefused", dimensions = { service = name } }
  }
  expression         = "SUM(METRICS())"
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = aws_sns_topic.Alarms.arn
}
