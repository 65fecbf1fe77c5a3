# Credentials by the name of a parameter are the same for whoever applies; a name without a parameter is an error of the plan.
data "aws_ssm_parameter" "Apns" {
  count = var.apns_parameter == "" ? 0 : 1

  name = var.apns_parameter

  lifecycle {
    postcondition {
      condition     = alltrue([for key in ["signing_key", "key_id", "team_id", "bundle_id"] : can(tostring(jsondecode(self.value)[key]))])
      error_message = "The parameter ${var.apns_parameter} has to be JSON with signing_key, key_id, team_id and bundle_id. Write it again: npm run ops -- secret set ENVIRONMENT apns."
    }
  }
}

data "aws_ssm_parameter" "FcmServiceAccount" {
  count = var.fcm_service_account_parameter == "" ? 0 : 1

  name = var.fcm_service_account_parameter
}

locals {
  has_apns = var.apns_parameter != "" || nonsensitive(var.apns != null)
  has_fcm  = var.fcm_service_account_parameter != "" || nonsensitive(var.fcm_service_account != null)

  apns_secret = try(jsondecode(data.aws_ssm_parameter.Apns[0].value), {})
  apns = var.apns_parameter == "" ? var.apns : {
    platform    = try(local.apns_secret.platform, "APNS")
    signing_key = try(local.apns_secret.signing_key, "")
    key_id      = try(local.apns_secret.key_id, "")
    team_id     = try(local.apns_secret.team_id, "")
    bundle_id   = try(local.apns_secret.bundle_id, "")
  }

  fcm_service_account = var.fcm_service_account_parameter == "" ? var.fcm_service_account : one(data.aws_ssm_parameter.FcmServiceAccount[*].value)
}

# Both platforms are optional: without credentials there is no platform application, and RegisterDevice says so.
# With an application go the endpoints of all its devices, which only the devices themselves can make again.
resource "aws_sns_platform_application" "Apns" {
  count = local.has_apns ? 1 : 0

  name                     = "MediaDownloader${var.suffix}"
  platform                 = local.apns.platform
  platform_credential      = local.apns.signing_key
  platform_principal       = local.apns.key_id
  apple_platform_team_id   = local.apns.team_id
  apple_platform_bundle_id = local.apns.bundle_id

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_sns_platform_application" "Fcm" {
  count = local.has_fcm ? 1 : 0

  name                = "MediaDownloader${var.suffix}"
  platform            = "GCM"
  platform_credential = local.fcm_service_account

  lifecycle {
    prevent_destroy = true
  }
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
