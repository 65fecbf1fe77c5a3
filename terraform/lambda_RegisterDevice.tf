module "RegisterDevice" {
  source = "./modules/lambda"

  name               = "RegisterDevice${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "PUT and DELETE /devices/{deviceId}: which devices of a user get pushes."
  package            = "${path.root}/../dist/lambdas/RegisterDevice.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.RegisterDevice.json
  timeout            = 15
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = lookup(var.api_reserved_concurrency, "RegisterDevice", -1)

  environment = {
    TABLE_NAME                    = aws_dynamodb_table.MediaDownloader.name
    APNS_PLATFORM_APPLICATION_ARN = local.apns_application_arn
    FCM_PLATFORM_APPLICATION_ARN  = local.fcm_application_arn
  }
}

data "aws_iam_policy_document" "RegisterDevice" {
  statement {
    sid       = "RecordDevices"
    actions   = ["dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.MediaDownloader.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["USER#*"]
    }
  }

  statement {
    sid       = "CreateEndpoints"
    actions   = ["sns:CreatePlatformEndpoint"]
    resources = local.push_application_arns
  }

  statement {
    sid       = "ChangeEndpoints"
    actions   = ["sns:GetEndpointAttributes", "sns:SetEndpointAttributes", "sns:DeleteEndpoint"]
    resources = local.push_arns
  }
}

resource "aws_lambda_permission" "RegisterDeviceApi" {
  statement_id  = "Api"
  action        = "lambda:InvokeFunction"
  function_name = module.RegisterDevice.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.MediaDownloader.execution_arn}/*/*/devices/*"
}
