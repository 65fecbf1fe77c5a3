locals {
  # Every role that the stack makes, and nothing else: a test compares. The role may shape these, and no role of anybody else.
  role_names = [
    "CancelFile", "FileCoordinator", "FileDownloadWorkflow", "ListFiles", "MeasureBacklog", "ReconcileFiles", "RegisterDevice", "RequestFile",
    "S3ObjectCreated", "SendPushNotification", "StartFileUpload", "TransferFile", "TransferRange", "TriggerFileDownload", "WebhookFeedly"
  ]

  here = { for service in ["dynamodb", "events", "lambda", "logs", "schemas", "sns", "sqs", "states"] :
    service => "arn:${local.partition}:${service}:${var.region}:${local.account_id}"
  }
  apis = "arn:${local.partition}:apigateway:${var.region}::"
}

data "aws_iam_policy_document" "Deploy" {
  for_each = var.environments

  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [local.state_arn]
  }

  statement {
    sid       = "KeepState"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${local.state_arn}/${each.key}.tfstate"]
  }

  statement {
    sid       = "LockState"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${local.state_arn}/${each.key}.tfstate.tflock"]
  }

  statement {
    sid       = "MediaBucket"
    actions   = ["s3:CreateBucket", "s3:DeleteBucket*", "s3:GetBucket*", "s3:Get*Configuration", "s3:ListBucket*", "s3:PutBucket*", "s3:Put*Configuration", "s3:ListTagsForResource", "s3:TagResource", "s3:UntagResource"]
    resources = ["arn:${local.partition}:s3:::mediadownloader${lower(each.value)}-${local.account_id}-${var.region}"]
  }

  statement {
    sid       = "Layer"
    actions   = ["s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"]
    resources = ["arn:${local.partition}:s3:::mediadownloader${lower(each.value)}-${local.account_id}-${var.region}/layers/*"]
  }

  # Neither reading nor writing items.
  statement {
    sid = "Table"
    actions = [
      "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:Describe*", "dynamodb:ListTagsOfResource", "dynamodb:TagResource",
      "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive"
    ]
    resources = ["${local.here.dynamodb}:table/MediaDownloader${each.value}"]
  }

  # Invoking is left to those who use the stack.
  statement {
    sid = "Functions"
    actions = [
      "lambda:AddPermission", "lambda:CreateFunction", "lambda:Delete*", "lambda:Get*", "lambda:List*", "lambda:PublishLayerVersion",
      "lambda:PutFunctionEventInvokeConfig", "lambda:RemovePermission", "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateFunction*"
    ]
    resources = concat(
      [for name in local.role_names : "${local.here.lambda}:function:${name}${each.value}"],
      ["${local.here.lambda}:layer:YtDlp${each.value}", "${local.here.lambda}:layer:YtDlp${each.value}:*"]
    )
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"
    ]
    resources = [for name in local.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}${each.value}"]
  }

  statement {
    sid       = "HandRolesToServices"
    actions   = ["iam:PassRole"]
    resources = [for name in local.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}${each.value}"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["events.amazonaws.com", "lambda.amazonaws.com", "states.amazonaws.com"]
    }
  }

  # Neither publishing events nor replaying them.
  statement {
    sid = "Events"
    actions = [
      "events:Create*", "events:Delete*", "events:Describe*", "events:DisableRule", "events:EnableRule", "events:List*",
      "events:PutPermission", "events:PutRule", "events:PutTargets", "events:RemovePermission", "events:RemoveTargets", "events:TagResource", "events:UntagResource", "events:Update*"
    ]
    resources = concat(
      ["${local.here.events}:event-bus/MediaDownloaderEvents${each.value}", "${local.here.events}:archive/MediaDownloaderArchive${each.value}"],
      ["${local.here.events}:rule/MediaDownloaderEvents${each.value}/*"],
      [for name in ["FileCoordinator", "MeasureBacklog"] : "${local.here.events}:rule/${name}${each.value}"]
    )
  }

  statement {
    sid       = "Schemas"
    actions   = ["schemas:*"]
    resources = ["${local.here.schemas}:registry/MediaDownloaderSchemas${each.value}", "${local.here.schemas}:schema/MediaDownloaderSchemas${each.value}*"]
  }

  # Neither starting nor stopping executions.
  statement {
    sid = "Workflow"
    actions = [
      "states:CreateStateMachine", "states:DeleteStateMachine", "states:DescribeStateMachine", "states:ListStateMachineVersions",
      "states:ListTagsForResource", "states:TagResource", "states:UntagResource", "states:UpdateStateMachine"
    ]
    resources = ["${local.here.states}:stateMachine:FileDownloadWorkflow${each.value}"]
  }

  # Neither sending nor receiving messages.
  statement {
    sid = "Queues"
    actions = [
      "sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueue*", "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"
    ]
    resources = ["${local.here.sqs}:*${each.value}-undelivered", "${local.here.sqs}:*${each.value}-failed"]
  }

  statement {
    sid       = "Topic"
    actions   = ["sns:CreateTopic", "sns:DeleteTopic", "sns:Get*", "sns:List*", "sns:Set*", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource"]
    resources = ["${local.here.sns}:MediaDownloader${each.value}-Alarms*", "${local.here.sns}:app/*/MediaDownloader${each.value}"]
  }

  statement {
    sid     = "Logs"
    actions = ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:ListTags*", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"]
    resources = concat(
      [for name in local.role_names : "${local.here.logs}:log-group:/aws/lambda/${name}${each.value}*"],
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
      "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/MediaDownloader${each.value}",
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
