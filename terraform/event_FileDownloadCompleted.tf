module "FileDownloadCompleted" {
  source = "./modules/event-rule"

  name           = "FileDownloadCompleted${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  description    = "The file is in S3: SendPushNotification tells everybody who asked."
  event_bus_name = module.EventBus.name
  event_pattern  = module.EventContracts.events["FileDownloadCompleted"].pattern
  function       = { name = module.SendPushNotification.name, arn = module.SendPushNotification.arn }
}
