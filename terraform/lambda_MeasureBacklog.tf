# Nothing else would notice a file that nobody works on any more: no event, no execution and no error belongs to it.
module "MeasureBacklog" {
  source = "./modules/lambda"

  name               = "MeasureBacklog${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "Measures how long the oldest unfinished file is due."
  package            = "${path.root}/../dist/lambdas/MeasureBacklog.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.MeasureBacklog.json
  timeout            = 30
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME = aws_dynamodb_table.MediaDownloader.name
  }
}

data "aws_iam_policy_document" "MeasureBacklog" {
  statement {
    sid       = "FindOldestFiles"
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.MediaDownloader.arn}/index/StatusIndex"]
  }
}

module "MeasureBacklogSchedule" {
  source = "./modules/event-rule"

  name                = "MeasureBacklog${var.suffix}"
  kms_key_arn         = var.kms_key_arn
  description         = "Measures the backlog, whoever starts the workflow."
  schedule_expression = "rate(5 minutes)"
  function            = { name = module.MeasureBacklog.name, arn = module.MeasureBacklog.arn }

  # The next measurement is worth more than a late one.
  maximum_event_age_in_seconds = 300
  maximum_retry_attempts       = 3
}
