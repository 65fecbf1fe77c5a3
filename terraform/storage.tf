locals {
  account_id = data.aws_caller_identity.current.account_id
  region     = var.region
  partition  = data.aws_partition.current.partition

  # IAM, dashboards and budgets know no Regions: what they hold is named after its own, or a second Region's stack would want the same names.
  global_suffix = "${var.suffix}-${local.region}"

  # As in src/util/files/keys.ts; a test compares them.
  media_prefix  = "media/"
  extras_prefix = "extras/"
}

resource "aws_dynamodb_table" "MediaDownloader" {
  name                        = "MediaDownloader${var.suffix}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "PK"
  range_key                   = "SK"
  deletion_protection_enabled = coalesce(var.deletion_protection, var.suffix != "-Dev")

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  attribute {
    name = "status"
    type = "S"
  }

  attribute {
    name = "availableAt"
    type = "S"
  }

  attribute {
    name = "userId"
    type = "S"
  }

  attribute {
    name = "requestedAt"
    type = "S"
  }

  # Only file items carry a status.
  global_secondary_index {
    name            = "StatusIndex"
    hash_key        = "status"
    range_key       = "availableAt"
    projection_type = "ALL"
  }

  # Only requests carry both: devices have no requestedAt.
  global_secondary_index {
    name            = "UserIndex"
    hash_key        = "userId"
    range_key       = "requestedAt"
    projection_type = "ALL"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn[*]

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket" "Media" {
  bucket = "mediadownloader${lower(var.suffix)}-${local.account_id}-${local.region}"

  lifecycle {
    prevent_destroy = true
  }
}

# What was deleted or overwritten by mistake can be had back for a few days, and no longer: old versions of films cost as much as films.
resource "aws_s3_bucket_versioning" "Media" {
  bucket = aws_s3_bucket.Media.bucket

  versioning_configuration {
    status = var.old_version_days == 0 ? "Suspended" : "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "Media" {
  bucket = aws_s3_bucket.Media.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "Media" {
  bucket                  = aws_s3_bucket.Media.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "Media" {
  bucket = aws_s3_bucket.Media.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }

    # One key for many objects: KMS is asked, and paid, a hundredth as often.
    bucket_key_enabled = var.kms_key_arn == null ? null : true
  }
}

# A function that dies in the middle of a transfer cannot abort it: its parts would be billed for ever.
resource "aws_s3_bucket_lifecycle_configuration" "Media" {
  bucket = aws_s3_bucket.Media.bucket

  rule {
    id     = "AbortIncompleteUploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  # Where versioning was switched off, the versions of before go as well.
  rule {
    id     = "ForgetOldVersions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = max(1, var.old_version_days)
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  # S3ObjectCreated lets the record end no later than the object, so that nobody gets a link to nothing.
  dynamic "rule" {
    for_each = var.media_retention_days == 0 ? {} : { ForgetMedia = local.media_prefix, ForgetExtras = local.extras_prefix }

    content {
      id     = rule.key
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      expiration {
        days = var.media_retention_days
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.Media]
}

data "aws_iam_policy_document" "Media" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.Media.arn, "${aws_s3_bucket.Media.arn}/*"]

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

resource "aws_s3_bucket_policy" "Media" {
  bucket = aws_s3_bucket.Media.bucket
  policy = data.aws_iam_policy_document.Media.json

  depends_on = [aws_s3_bucket_public_access_block.Media]
}
