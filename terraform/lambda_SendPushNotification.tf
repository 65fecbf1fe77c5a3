module "SendPushNotification" {
  source = "./modules/lambda"

  name               = "SendPushNotification${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "FileDownloadCompleted, FileDownloadFailed, a late FileRequested: one push to every device of every user who asked, of many by the queue Pushes."
  package            = "${path.root}/../dist/lambdas/SendPushNotification.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.SendPushNotification.json
  timeout            = local.push_timeout
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME = aws_dynamodb_table.MediaDownloader.name
    # By its name, so that it is the same wherever SQS is.
    PUSH_QUEUE_URL = "https://sqs.${local.region}.${data.aws_partition.current.dns_suffix}/${local.account_id}/${aws_sqs_queue.Pushes.name}"
  }
}

locals {
  push_timeout = 60
}

# Of a file that many asked for, the users a hundred a message: no invocation has more to do the more they are.
resource "aws_sqs_queue" "Pushes" {
  name                       = "Pushes${var.suffix}"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 6 * local.push_timeout # as AWS wants it of a function's queue
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.PushesUndelivered.arn
    maxReceiveCount     = 15 # the function has failures wait from 10 to 360 seconds, an hour in all
  })
}

resource "aws_sqs_queue" "PushesUndelivered" {
  name                      = "Pushes${var.suffix}-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
}

resource "aws_lambda_event_source_mapping" "Pushes" {
  event_source_arn        = aws_sqs_queue.Pushes.arn
  function_name           = module.SendPushNotification.arn
  batch_size              = 2
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.push_concurrency
  }
}

data "aws_iam_policy_document" "SendPushNotification" {
  statement {
    sid       = "FindDevicesAndKeepTheLedger"
    actions   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]
  }

  statement {
    sid       = "PushAndPrune"
    actions   = ["sns:Publish", "sns:DeleteEndpoint"]
    resources = local.push_arns
  }

  statement {
    sid       = "QueueAndTakePushes"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.Pushes.arn]
  }
}
