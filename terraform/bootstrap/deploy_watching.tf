# The API, logs, alarms and the budget.
data "aws_iam_policy_document" "DeployWatching" {
  for_each = var.environments

  statement {
    sid     = "Logs"
    actions = ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey", "logs:ListTags*", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"]
    resources = concat(
      [for name in local.function_names : "${local.here.logs}:log-group:/aws/lambda/${name}${each.value}*"],
      [for name in ["states/FileDownloadWorkflow", "apis/MediaDownloader"] : "${local.here.logs}:log-group:/aws/vendedlogs/${name}${each.value}*"]
    )
  }

  # An API's identifier is known only once it is there.
  statement {
    sid       = "Api"
    actions   = ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource", "apigateway:UntagResource"]
    resources = ["${local.apis}/apis", "${local.apis}/apis/*", "${local.apis}/tags/*"]
  }

  # The smoke test after an apply, where the API takes IAM signatures.
  statement {
    sid     = "Smoke"
    actions = ["execute-api:Invoke"]
    resources = [for route in ["POST/files", "GET/files", "GET/files/*"] :
      "arn:${local.partition}:execute-api:${var.region}:${local.account_id}:*/$default/${route}"
    ]
  }

  statement {
    sid = "Monitoring"
    actions = [
      "budgets:ModifyBudget", "budgets:TagResource", "budgets:ViewBudget", "budgets:ListTagsForResource", "cloudwatch:Delete*", "cloudwatch:GetDashboard",
      "cloudwatch:ListTagsForResource", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"
    ]
    resources = [
      "arn:${local.partition}:budgets::${local.account_id}:budget/MediaDownloader${each.value}*",
      # Without a Region as it was before names had one.
      "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/MediaDownloader${each.value}",
      "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/MediaDownloader${each.value}-${var.region}",
      "arn:${local.partition}:cloudwatch:${var.region}:${local.account_id}:alarm:MediaDownloader${each.value}-*"
    ]
  }

  # These know no resources, or are asked before the resource is there. Log delivery is how Step Functions and API Gateway get leave to write.
  statement {
    sid = "WithoutResource"
    actions = [
      "cloudwatch:DescribeAlarms", "lambda:GetLayerVersion", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
      "sns:CreatePlatformApplication", "sns:DeletePlatformApplication", "states:ValidateStateMachineDefinition"
    ]
    resources = ["*"]
  }
}
