# What alarms and dashboard look at. A test compares it with what the stack has, so that a new function or queue is not forgotten.
locals {
  undelivered_queue_urls = {
    FileRequested         = module.FileRequested.dead_letter_queue_url
    TriggerFileDownload   = module.TriggerFileDownload.dead_letter_queue_url
    FileDownloadCompleted = module.FileDownloadCompleted.dead_letter_queue_url
    FileDownloadFailed    = module.FileDownloadFailed.dead_letter_queue_url
    FileCoordinator       = module.FileCoordinatorSchedule.dead_letter_queue_url
    MeasureBacklog        = module.MeasureBacklogSchedule.dead_letter_queue_url
  }

  failed_queue_urls = {
    StartFileUpload      = module.StartFileUpload.failure_queue_url
    S3ObjectCreated      = module.S3ObjectCreated.failure_queue_url
    SendPushNotification = module.SendPushNotification.failure_queue_url
    FileCoordinator      = module.FileCoordinator.failure_queue_url
    MeasureBacklog       = module.MeasureBacklog.failure_queue_url
  }

  queue_names = merge(
    { for rule, url in local.undelivered_queue_urls : "${rule}-undelivered" => basename(url) },
    { for function, url in local.failed_queue_urls : "${function}-failed" => basename(url) }
  )

  asynchronous_function_names = {
    StartFileUpload      = module.StartFileUpload.name
    S3ObjectCreated      = module.S3ObjectCreated.name
    SendPushNotification = module.SendPushNotification.name
    FileCoordinator      = module.FileCoordinator.name
    MeasureBacklog       = module.MeasureBacklog.name
  }

  function_names = merge(local.asynchronous_function_names, {
    RequestFile    = module.RequestFile.name
    WebhookFeedly  = module.WebhookFeedly.name
    ListFiles      = module.ListFiles.name
    RegisterDevice = module.RegisterDevice.name
    TransferFile   = module.TransferFile.name
  })

  # Metrics of rules have the bus as a second dimension, but for the default bus, where schedules are.
  rule_dimensions = merge(
    {
      for rule in [module.FileRequested.name, module.TriggerFileDownload.name, module.FileDownloadCompleted.name, module.FileDownloadFailed.name]
      : trimsuffix(rule, var.suffix) => { EventBusName = module.EventBus.name, RuleName = rule }
    },
    {
      for rule in [module.FileCoordinatorSchedule.name, module.MeasureBacklogSchedule.name]
      : trimsuffix(rule, var.suffix) => { RuleName = rule }
    }
  )

  # As in src/lib/vendor/Metrics.ts; a test compares.
  metric_namespace = "MediaDownloader"
}

# Not encrypted with the key of SNS: CloudWatch may not use that, and the messages name alarms, no users.
resource "aws_sns_topic" "Alarms" {
  name = "MediaDownloader${var.suffix}-Alarms"
}

data "aws_iam_policy_document" "Alarms" {
  statement {
    sid       = "HearAlarmsAndBudget"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.Alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_sns_topic_policy" "Alarms" {
  arn    = aws_sns_topic.Alarms.arn
  policy = data.aws_iam_policy_document.Alarms.json
}

resource "aws_sns_topic_subscription" "AlarmEmail" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.Alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_budgets_budget" "Monthly" {
  count = var.monthly_budget_usd == 0 ? 0 : 1

  name         = "MediaDownloader${var.suffix}"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = ["user:Project$MediaDownloader${var.suffix}"]
  }

  notification {
    notification_type         = "FORECASTED"
    comparison_operator       = "GREATER_THAN"
    threshold                 = 80
    threshold_type            = "PERCENTAGE"
    subscriber_sns_topic_arns = [aws_sns_topic.Alarms.arn]
  }

  notification {
    notification_type         = "ACTUAL"
    comparison_operator       = "GREATER_THAN"
    threshold                 = 100
    threshold_type            = "PERCENTAGE"
    subscriber_sns_topic_arns = [aws_sns_topic.Alarms.arn]
  }

  depends_on = [aws_sns_topic_policy.Alarms]
}
