module "FileRequested" {
  source = "./modules/event-rule"

  name           = "FileRequested${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  description    = "Somebody asked for a file that is not there: StartFileUpload looks up what it is."
  event_bus_name = module.EventBus.name
  event_pattern  = jsonencode(merge(local.file_requested, { detail = { alreadyDownloaded = [{ exists = false }] } }))
  function       = { name = module.StartFileUpload.name, arn = module.StartFileUpload.arn }
}

module "TellLateUser" {
  source = "./modules/event-rule"

  name           = "TellLateUser${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  description    = "Somebody asked for a file that is there already: SendPushNotification tells that user alone."
  event_bus_name = module.EventBus.name
  event_pattern  = jsonencode(merge(local.file_requested, { detail = { alreadyDownloaded = [true] } }))
  function       = { name = module.SendPushNotification.name, arn = module.SendPushNotification.arn }
}

locals {
  file_requested = jsondecode(module.EventContracts.events["FileRequested"].pattern)
}
