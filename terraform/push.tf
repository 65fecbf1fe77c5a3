# Both platforms are optional: without credentials there is no platform application, and RegisterDevice says so.
resource "aws_sns_platform_application" "Apns" {
  count = nonsensitive(var.apns == null) ? 0 : 1

  name                     = "MediaDownloader${var.suffix}"
  platform                 = var.apns.platform
  platform_credential      = var.apns.signing_key
  platform_principal       = var.apns.key_id
  apple_platform_team_id   = var.apns.team_id
  apple_platform_bundle_id = var.apns.bundle_id
}

resource "aws_sns_platform_application" "Fcm" {
  count = nonsensitive(var.fcm_service_account == null) ? 0 : 1

  name                = "MediaDownloader${var.suffix}"
  platform            = "GCM"
  platform_credential = var.fcm_service_account
}

locals {
  # Empty: not configured.
  apns_application_arn = try(aws_sns_platform_application.Apns[0].arn, "")
  fcm_application_arn  = try(aws_sns_platform_application.Fcm[0].arn, "")

  # By name and not by resource, so that a policy is never empty and devices outlive a platform that was switched off.
  push_platforms        = ["APNS", "APNS_SANDBOX", "GCM"]
  sns_arn               = "arn:${local.partition}:sns:${local.region}:${local.account_id}"
  push_application_arns = [for platform in local.push_platforms : "${local.sns_arn}:app/${platform}/MediaDownloader${var.suffix}"]

  # SNS authorises calls about an endpoint, Publish among them, on the ARN of its platform application as well as on its own.
  push_arns = concat(local.push_application_arns, [for application in local.push_application_arns : "${replace(application, ":app/", ":endpoint/")}/*"])
}
