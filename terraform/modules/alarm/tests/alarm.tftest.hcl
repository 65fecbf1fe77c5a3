mock_provider "aws" {}

variables {
  name               = "MediaDownloader-DeadLetters"
  summary            = "Something lies in a dead-letter queue."
  runbook            = "dead-letters"
  metrics            = { letters = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = "Queue" }, stat = "Maximum" } }
  threshold          = 0
  treat_missing_data = "notBreaching"
  topic_arn          = "arn:aws:sns:us-west-2:123456789012:Alarms"
}

run "one_metric_is_watched_itself" {
  assert {
    condition = [for query in aws_cloudwatch_metric_alarm.this.metric_query : [query.id, query.return_data, query.metric[0].metric_name, query.metric[0].stat, query.metric[0].period]] == [
      ["letters", true, "ApproximateNumberOfMessagesVisible", "Maximum", 300]
    ]
    error_message = "Expected the metric as the alarm's value."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this.alarm_description == "Something lies in a dead-letter queue. Runbook: docs/runbook.md#dead-letters"
    error_message = "Expected the description to lead to the runbook."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this.alarm_actions == toset([var.topic_arn]) && aws_cloudwatch_metric_alarm.this.ok_actions == toset([var.topic_arn])
    error_message = "Expected the topic to hear of the alarm and of its end."
  }
}

run "silence_is_told_only_after_a_first_value" {
  variables {
    treat_missing_data = "missing"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this.insufficient_data_actions == toset([var.topic_arn])
    error_message = "Expected the topic to hear that the values have ended."
  }
}

run "silence_that_is_expected_is_not_told" {
  assert {
    condition     = length(coalesce(aws_cloudwatch_metric_alarm.this.insufficient_data_actions, toset([]))) == 0
    error_message = "Expected no word about a metric that exists only when something happens."
  }
}

run "several_metrics_are_watched_by_their_expression" {
  variables {
    metrics = {
      one   = { namespace = "AWS/States", name = "ExecutionsTimedOut" }
      other = { namespace = "AWS/States", name = "ExecutionsAborted" }
    }
    expression = "one + other"
  }

  assert {
    condition     = { for query in aws_cloudwatch_metric_alarm.this.metric_query : query.id => query.return_data } == { one = false, other = false, value = true }
    error_message = "Expected the expression as the alarm's value."
  }
}

run "several_metrics_without_expression_are_refused" {
  command = plan

  variables {
    metrics = {
      one   = { namespace = "AWS/States", name = "ExecutionsTimedOut" }
      other = { namespace = "AWS/States", name = "ExecutionsAborted" }
    }
  }

  expect_failures = [aws_cloudwatch_metric_alarm.this]
}

run "a_summary_that_is_no_sentence_is_refused" {
  command = plan

  variables {
    summary = "broken"
  }

  expect_failures = [var.summary]
}

run "an_anchor_that_is_none_is_refused" {
  command = plan

  variables {
    runbook = "Dead letters"
  }

  expect_failures = [var.runbook]
}

run "an_unknown_treatment_of_silence_is_refused" {
  command = plan

  variables {
    treat_missing_data = "fine"
  }

  expect_failures = [var.treat_missing_data]
}

run "a_period_of_seconds_is_refused" {
  command = plan

  variables {
    period = 90
  }

  expect_failures = [var.period]
}

run "an_id_that_metric_math_does_not_know_is_refused" {
  command = plan

  variables {
    metrics = { Letters = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible" } }
  }

  expect_failures = [var.metrics]
}

# Written out: OpenTofu 1.10 calls no function in the variables of a run.
run "more_metrics_than_an_alarm_takes_are_refused" {
  command = plan

  variables {
    metrics = {
      metric0  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric1  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric2  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric3  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric4  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric5  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric6  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric7  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric8  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric9  = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
      metric10 = { namespace = "AWS/SQS", name = "NumberOfMessagesSent" }
    }
  }

  expect_failures = [var.metrics]
}
