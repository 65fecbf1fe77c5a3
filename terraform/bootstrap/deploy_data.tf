# The state, the bucket and the table: neither media nor items.
data "aws_iam_policy_document" "DeployData" {
  for_each = var.environments

  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [local.state_arn]
  }

  statement {
    sid       = "KeepState"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${local.state_arn}/${each.key}.tfstate"]
  }

  statement {
    sid       = "LockState"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${local.state_arn}/${each.key}.tfstate.tflock"]
  }

  statement {
    sid       = "MediaBucket"
    actions   = ["s3:CreateBucket", "s3:DeleteBucket*", "s3:GetBucket*", "s3:Get*Configuration", "s3:ListBucket*", "s3:PutBucket*", "s3:Put*Configuration", "s3:ListTagsForResource", "s3:TagResource", "s3:UntagResource"]
    resources = ["arn:${local.partition}:s3:::mediadownloader${lower(each.value)}-${local.account_id}-${var.region}"]
  }

  statement {
    sid       = "Layer"
    actions   = ["s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"]
    resources = ["arn:${local.partition}:s3:::mediadownloader${lower(each.value)}-${local.account_id}-${var.region}/layers/*"]
  }

  # Credentials of the push services, which the plan hands to SNS; no other secret of the stack.
  statement {
    sid       = "PushCredentials"
    actions   = ["ssm:GetParameter"]
    resources = [for name in ["Apns", "FcmServiceAccount"] : "arn:${local.partition}:ssm:${var.region}:${local.account_id}:parameter/MediaDownloader${each.value}/${name}"]
  }

  # Neither reading nor writing items.
  statement {
    sid = "Table"
    actions = [
      "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:Describe*", "dynamodb:ListTagsOfResource", "dynamodb:TagResource",
      "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive"
    ]
    resources = ["${local.here.dynamodb}:table/MediaDownloader${each.value}"]
  }

  # Through the services that are told of the key, and never by calling KMS itself but to see it.
  dynamic "statement" {
    for_each = lookup(var.kms_key_arns, each.key, null)[*]

    content {
      sid       = "Key"
      actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncrypt*"]
      resources = [statement.value]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["*.${var.region}.amazonaws.com*"]
      }
    }
  }

  dynamic "statement" {
    for_each = lookup(var.kms_key_arns, each.key, null)[*]

    content {
      sid       = "SeeKey"
      actions   = ["kms:DescribeKey"]
      resources = [statement.value]
    }
  }

  # The provider asks whether a table's key is the one that DynamoDB has for every account.
  dynamic "statement" {
    for_each = lookup(var.kms_key_arns, each.key, null)[*]

    content {
      sid       = "SeeDefaultKey"
      actions   = ["kms:DescribeKey"]
      resources = ["arn:${local.partition}:kms:${var.region}:${local.account_id}:key/*"]

      condition {
        test     = "StringEquals"
        variable = "kms:RequestAlias"
        values   = ["alias/aws/dynamodb"]
      }
    }
  }
}
