module "SendPushNotification" {
  source = "./modules/lambda"

  name               = "SendPushNotification${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "FileDownloadCompleted, FileDownloadFailed, a late FileRequested: one push to every device of every user who asked."
  package            = "${path.root}/../dist/lambdas/SendPushNotification.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.SendPushNotification.json
  timeout            = 120
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME = aws_dynamodb_table.MediaDownloader.name
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
}
