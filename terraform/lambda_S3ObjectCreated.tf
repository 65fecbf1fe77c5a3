module "S3ObjectCreated" {
  source = "./modules/lambda"

  name               = "S3ObjectCreated${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "An object is complete: verifies it, marks the file Downloaded and says so."
  package            = "${path.root}/../dist/lambdas/S3ObjectCreated.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.S3ObjectCreated.json
  timeout            = 60
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME           = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME          = aws_s3_bucket.Media.bucket
    EVENT_BUS_NAME       = module.EventBus.name
    MEDIA_RETENTION_DAYS = tostring(var.media_retention_days)
  }
}

data "aws_iam_policy_document" "S3ObjectCreated" {
  source_policy_documents = [data.aws_iam_policy_document.Publish["FileDownloadCompleted"].json]

  statement {
    sid       = "RecordCompletion"
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*"]
    }
  }

  statement {
    sid       = "VerifyMedia"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }

  # Without it HeadObject answers 403, not 404, when the object has gone meanwhile.
  statement {
    sid       = "SeeWhatIsMissing"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.Media.arn]
  }
}

resource "aws_lambda_permission" "S3ObjectCreatedBucket" {
  statement_id   = "Bucket"
  action         = "lambda:InvokeFunction"
  function_name  = module.S3ObjectCreated.name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.Media.arn
  source_account = local.account_id
}

resource "aws_s3_bucket_notification" "Media" {
  bucket = aws_s3_bucket.Media.bucket

  lambda_function {
    id                  = "S3ObjectCreated"
    lambda_function_arn = module.S3ObjectCreated.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = local.media_prefix
  }

  depends_on = [aws_lambda_permission.S3ObjectCreatedBucket]
}
