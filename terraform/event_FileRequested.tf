module "FileRequested" {
  source = "./modules/event-rule"

  name           = "FileRequested${var.suffix}"
  description    = "Somebody asked for a file: StartFileUpload looks up what it is."
  event_bus_name = module.EventBus.name
  event_pattern  = module.EventContracts.events["FileRequested"].pattern
  function       = { name = module.StartFileUpload.name, arn = module.StartFileUpload.arn }
}
