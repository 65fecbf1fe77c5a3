locals {
  # Every function, role and schedule that the stack makes with any of its options, and nothing else: a test compares.
  function_names = [
    "CancelFile", "FileCoordinator", "ListFiles", "MeasureBacklog", "ReconcileFiles", "RegisterDevice", "RequestFile", "S3ObjectCreated",
    "SendPushNotification", "StartFileUpload", "TransferFile", "TransferRange", "WebhookFeedly"
  ]
  role_names     = concat(local.function_names, ["FileDownloadWorkflow", "ReplayToDev", "TriggerFileDownload"])
  schedule_names = ["FileCoordinator", "MeasureBacklog", "ReconcileFiles", "ReconcileFilesDaily"]

  here = { for service in ["dynamodb", "events", "lambda", "logs", "schemas", "sns", "sqs", "states"] :
    service => "arn:${local.partition}:${service}:${var.region}:${local.account_id}"
  }
  roles = "arn:${local.partition}:iam::${local.account_id}:role"
  apis  = "arn:${local.partition}:apigateway:${var.region}::"
}
