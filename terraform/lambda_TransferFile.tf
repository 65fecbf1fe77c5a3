module "TransferFile" {
  source = "./modules/lambda"

  name        = "TransferFile${var.suffix}"
  region      = local.region
  kms_key_arn = var.kms_key_arn
  description = "The workflow's task: streams the media from its source into S3, or says by which ranges it is to be transferred."
  package     = "${path.root}/../dist/lambdas/TransferFile.zip"
  runtime     = var.nodejs_runtime
  policy      = data.aws_iam_policy_document.TransferFile.json
  timeout     = 900
  # Not for the memory, but for one whole vCPU and its share of the network: TLS in, TLS out, checksums.
  memory_mb          = 1769
  storage_mb         = var.transfer_storage_mb
  layers             = local.yt_dlp_layers
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = var.transfer_file_concurrency

  environment = {
    TABLE_NAME               = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME              = aws_s3_bucket.Media.bucket
    EVENT_BUS_NAME           = module.EventBus.name
    ALLOW_PRIVATE_SOURCES    = tostring(var.allow_private_sources)
    MAX_FILE_BYTES           = tostring(var.max_file_bytes)
    RANGED_FROM_BYTES        = tostring(var.ranged_from_bytes)
    YT_DLP_PATH              = var.yt_dlp_path
    YT_DLP_COOKIES_PARAMETER = local.yt_dlp_cookies_parameter
    HOST_CONCURRENCY         = tostring(var.host_concurrency)
    HOST_RATE_PER_SECOND     = tostring(var.host_rate_per_second)
  }
}

data "aws_iam_policy_document" "TransferFile" {
  source_policy_documents = [
    data.aws_iam_policy_document.Publish["FileDownloadProgressed"].json,
    data.aws_iam_policy_document.ReadYtDlpCookies.json
  ]

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
    sid       = "StoreMedia"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }

  # Without it HeadObject answers 403, not 404, to "is it there already?".
  statement {
    sid       = "SeeWhatIsMissing"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.Media.arn]
  }
}
