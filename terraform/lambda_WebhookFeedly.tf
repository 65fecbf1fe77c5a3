module "WebhookFeedly" {
  source = "./modules/lambda"

  name               = "WebhookFeedly${var.suffix}"
  region             = local.region
  kms_key_arn        = var.kms_key_arn
  description        = "POST /feedly: checks Feedly's secret and asks RequestFile for the article's media."
  package            = "${path.root}/../dist/lambdas/WebhookFeedly.zip"
  runtime            = var.nodejs_runtime
  policy             = data.aws_iam_policy_document.WebhookFeedly.json
  timeout            = 25
  log_level          = var.log_level
  log_retention_days = var.log_retention_days

  reserved_concurrent_executions = lookup(var.api_reserved_concurrency, "WebhookFeedly", -1)

  environment = {
    REQUEST_FILE_FUNCTION_NAME = module.RequestFile.name
    FEEDLY_TOKEN_PARAMETER     = local.feedly_token_parameter
    FEEDLY_USER_ID             = var.feedly_user_id
  }
}

locals {
  feedly_token_parameter = var.feedly_token_parameter == "" ? "/MediaDownloader${var.suffix}/FeedlyToken" : var.feedly_token_parameter
}

data "aws_iam_policy_document" "WebhookFeedly" {
  # The parameter itself is made by hand (SecureString under the account's own SSM key): a secret in HCL would end up in the state.
  statement {
    sid       = "ReadFeedlyToken"
    actions   = ["ssm:GetParameter"]
    resources = ["arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter${local.feedly_token_parameter}"]
  }

  statement {
    sid       = "RequestFiles"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.RequestFile.arn]
  }
}

resource "aws_lambda_permission" "WebhookFeedlyApi" {
  statement_id  = "Api"
  action        = "lambda:InvokeFunction"
  function_name = module.WebhookFeedly.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.MediaDownloader.execution_arn}/*/POST/feedly"
}
