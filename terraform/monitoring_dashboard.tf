# One look, from top to bottom: is anything wrong, does it work and how fast, what fails, what was lost, what does it cost.
locals {
  requests_service    = module.RequestFile.name
  completions_service = module.S3ObjectCreated.name
  outcomes_service    = module.SendPushNotification.name
  state_machine_arn   = module.FileDownloadWorkflow.arn

  alarm_arns = concat(
    [for alarm in module.DeadLettersAlarm : alarm.arn],
    [for alarm in module.FunctionErrorsAlarm : alarm.arn],
    [for alarm in module.EventsLostAlarm : alarm.arn],
    [for alarm in module.FailuresLostAlarm : alarm.arn],
    [
      module.ExecutionsFailedAlarm.arn, module.ExecutionsCutOffAlarm.arn,
      module.FailureRateAlarm.arn, module.OldestUnfinishedAlarm.arn, module.SourcesBlockedAlarm.arn, module.CookiesRefusedAlarm.arn,
      module.AccountConcurrencyAlarm.arn, module.ApiErrorsAlarm.arn, module.PutEventsFailedAlarm.arn, module.EventsRefusedAlarm.arn
    ]
  )

  # Each row: title and metrics of its graphs. A metric is [namespace, name, dimension, value, …, options].
  dashboard_rows = [
    [
      {
        title = "Files"
        metrics = [
          [local.metric_namespace, "FilesRequested", "service", local.requests_service, { label = "requests", stat = "Sum" }],
          [local.metric_namespace, "FilesCompleted", "service", local.completions_service, { label = "completed", stat = "Sum", color = "#2ca02c" }],
          [local.metric_namespace, "FilesFailed", "service", local.outcomes_service, { label = "failed", stat = "Sum", color = "#d62728" }]
        ]
      },
      {
        title = "Failures by error code"
        metrics = [
          [{ expression = "SEARCH('{${local.metric_namespace},service,errorCode} MetricName=\"FilesFailed\" service=\"${local.outcomes_service}\"', 'Sum', 300)", label = "" }]
        ]
      },
      {
        title = "Seconds from request to completed"
        metrics = [for stat in ["p50", "p95", "p99"] :
          [local.metric_namespace, "SecondsToCompleted", "service", local.completions_service, { label = stat, stat = stat }]
        ]
      },
      {
        title = "Oldest unfinished file, seconds"
        metrics = [
          [local.metric_namespace, "OldestUnfinishedSeconds", "service", module.MeasureBacklog.name, { label = "due for", stat = "Maximum" }]
        ]
      }
    ],
    [
      {
        title = "Executions"
        metrics = [for name in ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted", "ExecutionThrottled"] :
          ["AWS/States", name, "StateMachineArn", local.state_machine_arn, { label = name, stat = "Sum" }]
        ]
      },
      {
        title   = "Function errors"
        metrics = [for name in values(local.function_names) : ["AWS/Lambda", "Errors", "FunctionName", name, { label = name, stat = "Sum" }]]
      },
      {
        title = "Function throttles, and the account's concurrency"
        metrics = concat(
          [for name in values(local.function_names) : ["AWS/Lambda", "Throttles", "FunctionName", name, { label = name, stat = "Sum" }]],
          [["AWS/Lambda", "ClaimedAccountConcurrency", { label = "account: claimed", stat = "Maximum" }]]
        )
      },
      {
        title   = "Function duration p95, milliseconds"
        metrics = [for name in values(local.function_names) : ["AWS/Lambda", "Duration", "FunctionName", name, { label = name, stat = "p95" }]]
      }
    ],
    [
      {
        title   = "Dead letters: how many"
        metrics = [for key, name in local.queue_names : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name, { label = key, stat = "Maximum" }]]
      },
      {
        title   = "Dead letters: age of the oldest, seconds"
        metrics = [for key, name in local.queue_names : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name, { label = key, stat = "Maximum" }]]
      },
      {
        title = "Delivery failures by rule"
        metrics = concat([
          for metric in ["FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq"] : [
            for rule, dimensions in local.rule_dimensions :
            concat(["AWS/Events", metric], flatten([for name, value in dimensions : [name, value]]), [{ label = "${rule} ${metric}", stat = "Sum" }])
          ]
        ]...)
      },
      {
        title = "Events refused at publishing"
        metrics = concat(
          [for name in values(local.publisher_names) : [local.metric_namespace, "EventsRefused", "service", name, { label = name, stat = "Sum" }]],
          [["AWS/Events", "PutEventsFailedEntriesCount", { label = "whole account", stat = "Sum" }]]
        )
      }
    ],
    [
      {
        title = "API answers"
        metrics = [for name in ["Count", "4xx", "5xx"] :
          ["AWS/ApiGateway", name, "ApiId", aws_apigatewayv2_api.MediaDownloader.id, { label = name, stat = "Sum" }]
        ]
      },
      {
        title = "API latency, milliseconds"
        metrics = [for stat in ["p50", "p99"] :
          ["AWS/ApiGateway", "Latency", "ApiId", aws_apigatewayv2_api.MediaDownloader.id, { label = stat, stat = stat }]
        ]
      },
      {
        title = "Bytes brought"
        metrics = [
          [local.metric_namespace, "BytesCompleted", "service", local.completions_service, { label = "bytes", stat = "Sum" }]
        ]
      },
      {
        title = "What costs: table units"
        metrics = [for name in ["ConsumedWriteCapacityUnits", "ConsumedReadCapacityUnits"] :
          ["AWS/DynamoDB", name, "TableName", aws_dynamodb_table.MediaDownloader.name, { label = name, stat = "Sum" }]
        ]
      }
    ]
  ]

  dashboard_graphs = flatten([
    for row, graphs in local.dashboard_rows : [
      for column, graph in graphs : {
        type   = "metric"
        x      = column * 6
        y      = 4 + row * 6
        width  = 6
        height = 6
        properties = {
          title   = graph.title
          region  = local.region
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = graph.metrics
        }
      }
    ]
  ])

  cost_y = 4 + length(local.dashboard_rows) * 6
}

resource "aws_cloudwatch_dashboard" "MediaDownloader" {
  dashboard_name = "MediaDownloader${local.global_suffix}"

  dashboard_body = jsonencode({
    widgets = concat(
      [
        {
          type       = "alarm"
          x          = 0
          y          = 0
          width      = 18
          height     = 4
          properties = { title = "Alarms", alarms = local.alarm_arns }
        },
        {
          type       = "text"
          x          = 18
          y          = 0
          width      = 6
          height     = 4
          properties = { markdown = "**MediaDownloader${var.suffix}** in ${local.region}: what each alarm means and what to do is in docs/runbook.md. npm run cost says what a month costs." }
        }
      ],
      local.dashboard_graphs,
      [
        {
          type   = "metric"
          x      = 0
          y      = local.cost_y
          width  = 12
          height = 6
          properties = {
            title   = "Bytes kept"
            region  = local.region
            view    = "timeSeries"
            stacked = false
            period  = 86400
            metrics = [["AWS/S3", "BucketSizeBytes", "BucketName", aws_s3_bucket.Media.bucket, "StorageType", "StandardStorage", { label = "bytes", stat = "Average" }]]
          }
        },
        {
          # Billing has its metrics in us-east-1 alone, and only where billing alerts are switched on; it knows no stacks.
          type   = "metric"
          x      = 12
          y      = local.cost_y
          width  = 12
          height = 6
          properties = {
            title   = "Estimated charges of the whole account this month, USD"
            region  = "us-east-1"
            view    = "timeSeries"
            stacked = false
            period  = 21600
            metrics = [["AWS/Billing", "EstimatedCharges", "Currency", "USD", { label = "USD", stat = "Maximum" }]]
          }
        }
      ]
    )
  })
}
