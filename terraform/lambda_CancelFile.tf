module "CancelFile" {
  source = "./modules/lambda"

  name               = "CancelFile${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "POST /files/{fileId}/cancel: withdraws a user's request, and stops the transfer where nobody else wants the file."
  package            = "${path.root}/../dist/lambdas/CancelFile.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.CancelFile.json
  timeout            = 15
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = lookup(var.api_reserved_concurrency, "CancelFile", -1)

  environment = {
    TABLE_NAME                 = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME                = aws_s3_bucket.Media.bucket
    REQUEST_FILE_FUNCTION_NAME = module.RequestFile.name
  }
}

data "aws_iam_policy_document" "CancelFile" {
  statement {
    sid       = "RecordCancellation"
    actions   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*"]
    }
  }

  statement {
    sid       = "StopTransfers"
    actions   = ["states:StopExecution"]
    resources = ["${replace(module.FileDownloadWorkflow.arn, ":stateMachine:", ":execution:")}:*"]
  }

  statement {
    sid       = "DropUploads"
    actions   = ["s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }

  # For one who asked for the file just while it was cancelled.
  statement {
    sid       = "BeginAgain"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.RequestFile.arn]
  }
}

resource "aws_lambda_permission" "CancelFileApi" {
  statement_id  = "Api"
  action        = "lambda:InvokeFunction"
  function_name = module.CancelFile.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.MediaDownloader.execution_arn}/*/POST/files/*"
}
