module "FileDownloadFailed" {
  source = "./modules/event-rule"

  name           = "FileDownloadFailed${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  description    = "The file will not come: SendPushNotification tells everybody who asked."
  event_bus_name = module.EventBus.name
  event_pattern  = module.EventContracts.events["FileDownloadFailed"].pattern
  function       = { name = module.SendPushNotification.name, arn = module.SendPushNotification.arn }
}
