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
}
