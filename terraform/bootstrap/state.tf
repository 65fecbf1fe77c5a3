provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project = "MediaDownloader"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  state_bucket = "mediadownloader-state-${local.account_id}-${var.region}"
  state_arn    = "arn:${local.partition}:s3:::${local.state_bucket}"
}

# Locks are objects beside the states (use_lockfile), so no table is needed.
resource "aws_s3_bucket" "State" {
  bucket = local.state_bucket

  lifecycle {
    prevent_destroy = true
  }
}

# A state that was overwritten by mistake is the version before.
resource "aws_s3_bucket_versioning" "State" {
  bucket = aws_s3_bucket.State.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "State" {
  bucket = aws_s3_bucket.State.bucket

  rule {
    id     = "ForgetOldVersions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    # Parts of an upload that never ended cost as objects do, and nobody sees them.
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.State]
}

resource "aws_s3_bucket_public_access_block" "State" {
  bucket                  = aws_s3_bucket.State.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "State" {
  bucket = aws_s3_bucket.State.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "State" {
  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.state_arn, "${local.state_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "State" {
  bucket = aws_s3_bucket.State.bucket
  policy = data.aws_iam_policy_document.State.json

  depends_on = [aws_s3_bucket_public_access_block.State]
}
