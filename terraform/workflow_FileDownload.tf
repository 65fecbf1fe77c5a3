module "FileDownloadWorkflow" {
  source = "./modules/state-machine"

  name               = "FileDownloadWorkflow${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  policy             = data.aws_iam_policy_document.FileDownloadWorkflow.json
  log_retention_days = var.log_retention_days

  # The key formats are those of src/util/files/keys.ts; a test compares them.
  definition = templatefile("${path.module}/workflows/FileDownloadWorkflow.asl.json", {
    Partition        = local.partition
    TableName        = aws_dynamodb_table.MediaDownloader.name
    FileKeyFormat    = "FILE#{}"
    FileSortKey      = "FILE"
    EventBusName     = module.EventBus.name
    BucketName       = aws_s3_bucket.Media.bucket
    TransferFileArn  = module.TransferFile.arn
    TransferRangeArn = module.TransferRange.arn
  })
}

data "aws_iam_policy_document" "FileDownloadWorkflow" {
  source_policy_documents = [
    data.aws_iam_policy_document.Publish["FileDownloadStarted"].json,
    data.aws_iam_policy_document.Publish["FileDownloadFailed"].json
  ]

  statement {
    sid       = "ClaimFiles"
    actions   = ["dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]
  }

  statement {
    sid       = "TransferFiles"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.TransferFile.arn, module.TransferRange.arn]
  }

  # To complete an upload is what PutObject allows.
  statement {
    sid       = "EndUploads"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.Media.arn}/${local.media_prefix}*"]
  }
}
