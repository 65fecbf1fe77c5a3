# What alarms and dashboard look at. It is read from the files, one for each function and each consumer, so that a new one adds a
# file and changes none. A test compares it with what the stack has.
locals {
  stack_files  = { for file in fileset(path.module, "{lambda,event}_*.tf") : file => file("${path.module}/${file}") }
  lambda_files = { for file, text in local.stack_files : trimsuffix(trimprefix(file, "lambda_"), ".tf") => text if startswith(file, "lambda_") }

  function_names              = { for key, text in local.lambda_files : key => "${key}${var.suffix}" }
  asynchronous_function_names = { for key, text in local.lambda_files : key => "${key}${var.suffix}" if can(regex("(?m)^  asynchronous +=", text)) }
  publisher_names             = { for key, text in local.lambda_files : key => "${key}${var.suffix}" if strcontains(text, "aws_iam_policy_document.Publish[") }

  # Every call of the module event-rule, from its name to its end.
  rules = {
    for rule in flatten([for text in values(local.stack_files) : [
      for call in regexall("(?ms)^  source += \"\\./modules/event-rule\"\\s+name += \"(\\w+)\\$\\{var\\.suffix\\}\"(.*?)^\\}", text) : { key = call[0], is_schedule = strcontains(call[1], "schedule_expression") }
    ]]) : rule.key => rule.is_schedule
  }

  # Of queues that a function works off.
  work_queues = flatten([for text in values(local.lambda_files) : [for name in regexall("(?m)^  name += \"(\\w+)\\$\\{var\\.suffix\\}-undelivered\"", text) : name[0]]])

  queue_names = merge(
    { for key in concat(local.work_queues, keys(local.rules), local.forwards_replays ? ["ReplayToDev"] : []) : "${key}-undelivered" => "${key}${var.suffix}-undelivered" },
    { for key, name in local.asynchronous_function_names : "${key}-failed" => "${name}-failed" }
  )

  # Metrics of rules have the bus as a second dimension, but for the default bus, where schedules are.
  rule_dimensions = {
    for key, is_schedule in local.rules :
    key => merge({ RuleName = "${key}${var.suffix}" }, is_schedule ? {} : { EventBusName = module.EventBus.name })
  }

  # As in src/lib/vendor/Metrics.ts; a test compares.
  metric_namespace = "MediaDownloader"
}

# Not encrypted with the key of SNS: CloudWatch may not use that, and the messages name alarms, no users. A key of one's own lets it.
resource "aws_sns_topic" "Alarms" {
  name              = "MediaDownloader${var.suffix}-Alarms"
  kms_master_key_id = var.kms_key_arn
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

  name         = "MediaDownloader${local.global_suffix}"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = ["user:Project$MediaDownloader${var.suffix}"]
  }

  # The tag is the same in every Region.
  cost_filter {
    name   = "Region"
    values = [local.region]
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
