# Brings table, workflow, bus and bucket together again where something fell between them: what no retry, queue or alarm
# belongs to. It mends by those who own an effect, so that it can neither publish nor complete anything itself.
module "ReconcileFiles" {
  source = "./modules/lambda"

  name               = "ReconcileFiles${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "Finds files, uploads and objects that nobody works on any more, and has them worked on again."
  package            = "${path.root}/../dist/lambdas/ReconcileFiles.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.ReconcileFiles.json
  timeout            = 300
  asynchronous       = {}
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  environment = {
    TABLE_NAME                   = aws_dynamodb_table.MediaDownloader.name
    BUCKET_NAME                  = aws_s3_bucket.Media.bucket
    STATE_MACHINE_ARN            = module.FileDownloadWorkflow.arn
    REQUEST_FILE_FUNCTION_NAME   = module.RequestFile.name
    OBJECT_CREATED_FUNCTION_NAME = module.S3ObjectCreated.name
  }
}

data "aws_iam_policy_document" "ReconcileFiles" {
  statement {
    sid       = "FindFilesAndUsers"
    actions   = ["dynamodb:Query"]
    resources = [aws_dynamodb_table.MediaDownloader.arn, "${aws_dynamodb_table.MediaDownloader.arn}/index/StatusIndex"]
  }

  statement {
    sid       = "ReleaseFiles"
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["FILE#*"]
    }
  }

  statement {
    sid       = "AskAndCompleteAgain"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.RequestFile.arn, module.S3ObjectCreated.arn]
  }

  statement {
    sid       = "StartExecution"
    actions   = ["states:StartExecution"]
    resources = [module.FileDownloadWorkflow.arn]
  }

  statement {
    sid       = "SeeExecutions"
    actions   = ["states:DescribeExecution"]
    resources = ["${replace(module.FileDownloadWorkflow.arn, ":stateMachine:", ":execution:")}:*"]
  }

  statement {
    sid       = "ListMedia"
    actions   = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [aws_s3_bucket.Media.arn]
  }

  statement {
    sid       = "VerifyAndTidyMedia"
    actions   = ["s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }
}

module "ReconcileFilesSchedule" {
  source = "./modules/event-rule"

  name                = "ReconcileFiles${var.suffix}"
  kms_key_arn         = var.kms_key_arn
  description         = "Looks after unfinished files and uploads; a few reads where there are none."
  schedule_expression = "rate(5 minutes)"
  function            = { name = module.ReconcileFiles.name, arn = module.ReconcileFiles.arn }

  # The next look finds the same.
  maximum_event_age_in_seconds = 300
  maximum_retry_attempts       = 3
}

# The function knows the whole sweep by this rule's name.
module "ReconcileFilesDailySchedule" {
  source = "./modules/event-rule"

  name                = "ReconcileFilesDaily${var.suffix}"
  kms_key_arn         = var.kms_key_arn
  description         = "Compares every object with its record, and every finished record with its object."
  schedule_expression = "cron(40 3 * * ? *)"
  function            = { name = module.ReconcileFiles.name, arn = module.ReconcileFiles.arn }

  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 10
}
