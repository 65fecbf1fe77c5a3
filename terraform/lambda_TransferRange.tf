module "TransferRange" {
  source = "./modules/lambda"

  name        = "TransferRange${var.suffix}"
  region      = local.region
  kms_key_arn = var.kms_key_arn
  description = "The workflow's task for each range of a large file: copies it from the source into parts of the upload."
  package     = "${path.root}/../dist/lambdas/TransferRange.zip"
  runtime     = var.nodejs_runtime
  policy      = data.aws_iam_policy_document.TransferRange.json
  timeout     = 900
  # As TransferFile: for one whole vCPU and its share of the network.
  memory_mb          = 1769
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = var.transfer_range_concurrency

  environment = {
    TABLE_NAME            = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME           = aws_s3_bucket.Media.bucket
    EVENT_BUS_NAME        = module.EventBus.name
    ALLOW_PRIVATE_SOURCES = tostring(var.allow_private_sources)
    HOST_CONCURRENCY      = tostring(var.host_concurrency)
    HOST_RATE_PER_SECOND  = tostring(var.host_rate_per_second)
  }
}

data "aws_iam_policy_document" "TransferRange" {
  source_policy_documents = [data.aws_iam_policy_document.Publish["FileDownloadProgressed"].json]

  statement {
    sid       = "RecordProgress"
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*", "HOST#*"]
    }
  }

  statement {
    sid       = "StoreParts"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }
}
