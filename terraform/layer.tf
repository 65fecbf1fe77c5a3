# yt-dlp, ffmpeg and ffprobe under /opt/bin, made by npm run layer. Without it everything deploys and works for direct media URLs.
locals {
  yt_dlp_layers = concat(var.yt_dlp_layers, aws_lambda_layer_version.YtDlp[*].arn)
}

locals {
  yt_dlp_cookies_parameter = var.yt_dlp_cookies_parameter == "" ? "/MediaDownloader${var.suffix}/YtDlpCookies" : var.yt_dlp_cookies_parameter
}

# Made by hand where a site wants a sign-in, as Feedly's token: a secret in HCL would end up in the state. Without it yt-dlp has no cookies.
data "aws_iam_policy_document" "ReadYtDlpCookies" {
  statement {
    sid       = "ReadYtDlpCookies"
    actions   = ["ssm:GetParameter"]
    resources = ["arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter${local.yt_dlp_cookies_parameter}"]
  }
}

# Through S3, since Lambda takes at most 50 MB directly. Beside the media, outside the prefix that notifies S3ObjectCreated.
resource "aws_s3_object" "YtDlp" {
  count = var.yt_dlp_layer_zip == "" ? 0 : 1

  bucket = aws_s3_bucket.Media.bucket
  key    = "layers/yt-dlp-${filesha256(var.yt_dlp_layer_zip)}.zip"
  source = var.yt_dlp_layer_zip

  # The bucket refuses what is not encrypted in transit; a policy made at the same moment could refuse the upload.
  depends_on = [aws_s3_bucket_policy.Media]
}

resource "aws_lambda_layer_version" "YtDlp" {
  count = var.yt_dlp_layer_zip == "" ? 0 : 1

  layer_name               = "YtDlp${var.suffix}"
  description              = "yt-dlp, ffmpeg and ffprobe, pinned in ops/layer/releases.json."
  s3_bucket                = aws_s3_bucket.Media.bucket
  s3_key                   = one(aws_s3_object.YtDlp[*].key)
  source_code_hash         = filebase64sha256(var.yt_dlp_layer_zip)
  compatible_architectures = ["arm64"]
  compatible_runtimes      = [var.nodejs_runtime]

  # The functions take the new version before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}
