module "ListFiles" {
  source = "./modules/lambda"

  name               = "ListFiles${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "GET /files and GET /files/{fileId}: what a user asked for, and links to what has come."
  package            = "${path.root}/../dist/lambdas/ListFiles.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.ListFiles.json
  timeout            = 15
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = lookup(var.api_reserved_concurrency, "ListFiles", -1)

  environment = {
    TABLE_NAME           = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME          = aws_s3_bucket.Media.bucket
    DOWNLOAD_URL_SECONDS = tostring(var.download_url_seconds)
  }
}

data "aws_iam_policy_document" "ListFiles" {
  statement {
    sid       = "ReadFiles"
    actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]
  }

  statement {
    sid       = "ReadFilesOfUser"
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.MediaDownloader.arn}/index/UserIndex"]
  }

  # A presigned link may do what its signer may.
  statement {
    sid       = "SignDownloads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*", "${aws_s3_bucket.Media.arn}/${local.extras_prefix}*"]
  }
}

resource "aws_lambda_permission" "ListFilesApi" {
  statement_id  = "Api"
  action        = "lambda:InvokeFunction"
  function_name = module.ListFiles.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.MediaDownloader.execution_arn}/*/GET/files*"
}
