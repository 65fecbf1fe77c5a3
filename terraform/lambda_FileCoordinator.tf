# The rollback path: it starts the same workflow for whatever is due, every 4 minutes, in place of the rule TriggerFileDownload
# or beside it. Both go through the same conditional claim, so parallel operation downloads nothing twice.
module "FileCoordinator" {
  source = "./modules/lambda"

  name               = "FileCoordinator${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "The rollback path: starts the workflow for files that are due and unclaimed, and asks again for those left behind."
  package            = "${path.root}/../dist/lambdas/FileCoordinator.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.FileCoordinator.json
  timeout            = 60
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME                 = aws_dynamodb_table.MediaDownloader.name
    STATE_MACHINE_ARN          = module.FileDownloadWorkflow.arn
    REQUEST_FILE_FUNCTION_NAME = module.RequestFile.name
  }
}

data "aws_iam_policy_document" "FileCoordinator" {
  statement {
    sid       = "FindDueFiles"
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.MediaDownloader.arn}/index/StatusIndex"]
  }

  statement {
    sid       = "FindWhoWantsAFile"
    actions   = ["dynamodb:Query"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]
  }

  # Of requests that died before their event: RequestFile alone publishes it.
  statement {
    sid       = "RequestAgain"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.RequestFile.arn]
  }

  statement {
    sid       = "StartExecution"
    actions   = ["states:StartExecution"]
    resources = [module.FileDownloadWorkflow.arn]
  }
}

module "FileCoordinatorSchedule" {
  source = "./modules/event-rule"

  name                = "FileCoordinator${var.suffix}"
  kms_key_arn         = var.kms_key_arn
  description         = "The rollback path's clock; on by the variable orchestration."
  schedule_expression = "rate(4 minutes)"
  enabled             = var.orchestration != "event-driven"
  function            = { name = module.FileCoordinator.name, arn = module.FileCoordinator.arn }

  # The next tick finds the same files: a late one need not be kept for a day.
  maximum_event_age_in_seconds = 240
  maximum_retry_attempts       = 3
}
