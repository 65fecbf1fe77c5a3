locals {
  api_functions = {
    RequestFile    = module.RequestFile.arn
    ListFiles      = module.ListFiles.arn
    CancelFile     = module.CancelFile.arn
    RegisterDevice = module.RegisterDevice.arn
    WebhookFeedly  = module.WebhookFeedly.arn
  }

  api_routes = {
    "POST /files"                 = "RequestFile"
    "GET /files"                  = "ListFiles"
    "GET /files/{fileId}"         = "ListFiles"
    "POST /files/{fileId}/cancel" = "CancelFile"
    "POST /files/{fileId}/retry"  = "RequestFile"
    "PUT /devices/{deviceId}"     = "RegisterDevice"
    "DELETE /devices/{deviceId}"  = "RegisterDevice"
    "POST /feedly"                = "WebhookFeedly"
  }

  # Feedly can sign neither a JWT nor an AWS request. The gateway lets it through, and WebhookFeedly itself
  # compares the secret it sends with the one in SSM before it does anything.
  api_routes_with_own_secret = ["POST /feedly"]
  api_authorization          = var.jwt_issuer == "" ? "AWS_IAM" : "JWT"
}

resource "aws_apigatewayv2_api" "MediaDownloader" {
  name          = "MediaDownloader${var.suffix}"
  description   = "Ask for media, see what has come, register devices."
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "Jwt" {
  count = var.jwt_issuer == "" ? 0 : 1

  api_id           = aws_apigatewayv2_api.MediaDownloader.id
  name             = "Jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.jwt_issuer
    audience = var.jwt_audience
  }

  lifecycle {
    prevent_destroy = true

    # Also when it goes for good: the routes let go of it first, else API Gateway refuses to delete it.
    create_before_destroy = true

    precondition {
      condition     = length(var.jwt_audience) > 0
      error_message = "Expected jwt_audience to name at least one audience: without it a token that the issuer made for another application would do."
    }
  }
}

resource "aws_apigatewayv2_integration" "Function" {
  for_each = local.api_functions

  api_id                 = aws_apigatewayv2_api.MediaDownloader.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "Function" {
  for_each = local.api_routes

  api_id             = aws_apigatewayv2_api.MediaDownloader.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.Function[each.value].id}"
  authorization_type = contains(local.api_routes_with_own_secret, each.key) ? "NONE" : local.api_authorization
  authorizer_id      = contains(local.api_routes_with_own_secret, each.key) ? null : one(aws_apigatewayv2_authorizer.Jwt[*].id)
}

resource "aws_cloudwatch_log_group" "Api" {
  name              = "/aws/vendedlogs/apis/MediaDownloader${var.suffix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_apigatewayv2_stage" "Default" {
  api_id      = aws_apigatewayv2_api.MediaDownloader.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_burst_limit = var.api_burst_limit
    throttling_rate_limit  = var.api_rate_limit
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.Api.arn
    format = jsonencode({
      requestId = "$context.requestId"
      time      = "$context.requestTime"
      ip        = "$context.identity.sourceIp"
      route     = "$context.routeKey"
      status    = "$context.status"
      bytes     = "$context.responseLength"
      latency   = "$context.responseLatency"
      error     = "$context.integrationErrorMessage"
    })
  }
}
