module "RequestFile" {
  source = "./modules/lambda"

  name               = "RequestFile${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "POST /files and POST /files/{fileId}/retry: records who wants which file and asks for it, once."
  package            = "${path.root}/../dist/lambdas/RequestFile.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.RequestFile.json
  timeout            = 15
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = lookup(var.api_reserved_concurrency, "RequestFile", -1)

  environment = {
    TABLE_NAME            = aws_dynamodb_table.MediaDownloader.name
    EVENT_BUS_NAME        = module.EventBus.name
    ALLOW_PRIVATE_SOURCES = tostring(var.allow_private_sources)
  }
}

data "aws_iam_policy_document" "RequestFile" {
  source_policy_documents = [data.aws_iam_policy_document.Publish["FileRequested"].json]

  statement {
    sid       = "RecordRequests"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*"]
    }
  }
}

resource "aws_lambda_permission" "RequestFileApi" {
  statement_id  = "Api"
  action        = "lambda:InvokeFunction"
  function_name = module.RequestFile.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.MediaDownloader.execution_arn}/*/POST/files*"
}
