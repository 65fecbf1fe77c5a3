# One shape for every alarm: metrics by id, and an expression over them where there are several.
resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = var.name
  alarm_description   = "${var.summary} Runbook: docs/runbook.md#${var.runbook}"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.threshold
  evaluation_periods  = var.evaluation_periods
  treat_missing_data  = var.treat_missing_data
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]

  # A new alarm begins in INSUFFICIENT_DATA, which is no transition: nobody hears of a metric that has yet to begin, only of one that ends.
  insufficient_data_actions = var.treat_missing_data == "missing" ? [var.topic_arn] : []

  dynamic "metric_query" {
    for_each = var.metrics

    content {
      id          = metric_query.key
      return_data = var.expression == null

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = var.period
      }
    }
  }

  dynamic "metric_query" {
    for_each = var.expression[*]

    content {
      id          = "value"
      label       = var.name
      expression  = metric_query.value
      return_data = true
    }
  }

  lifecycle {
    precondition {
      condition     = (var.expression == null) == (length(var.metrics) == 1)
      error_message = "Expected an expression for several metrics, and none for one, of alarm ${var.name}."
    }
  }
}
