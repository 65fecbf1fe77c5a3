module "StartFileUpload" {
  source = "./modules/lambda"

  name               = "StartFileUpload${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "FileRequested: finds out what the media is and when it can be fetched. It only starts; the workflow transfers."
  package            = "${path.root}/../dist/lambdas/StartFileUpload.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.StartFileUpload.json
  timeout            = 240
  memory_mb          = 1769
  layers             = local.yt_dlp_layers
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME               = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME              = aws_s3_bucket.Media.bucket
    EVENT_BUS_NAME           = module.EventBus.name
    ALLOW_PRIVATE_SOURCES    = tostring(var.allow_private_sources)
    MAX_FILE_BYTES           = tostring(var.max_file_bytes)
    YT_DLP_PATH              = var.yt_dlp_path
    YT_DLP_COOKIES_PARAMETER = local.yt_dlp_cookies_parameter
    HOST_CONCURRENCY         = tostring(var.host_concurrency)
    HOST_RATE_PER_SECOND     = tostring(var.host_rate_per_second)
  }
}

data "aws_iam_policy_document" "StartFileUpload" {
  source_policy_documents = [
    data.aws_iam_policy_document.Publish["FileMetadataReady"].json,
    data.aws_iam_policy_document.Publish["FileDownloadFailed"].json,
    data.aws_iam_policy_document.ReadYtDlpCookies.json
  ]

  statement {
    sid       = "RecordMetadata"
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*", "HOST#*"]
    }
  }

  statement {
    sid       = "StoreExtras"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.extras_prefix}*"]
  }

  # Of files that a look brings as a whole; TransferFile completes their uploads.
  statement {
    sid       = "FillUploads"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }
}
