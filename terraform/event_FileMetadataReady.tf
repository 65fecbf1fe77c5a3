module "TriggerFileDownload" {
  source = "./modules/event-rule"

  name           = "TriggerFileDownload${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  region         = local.region
  description    = "The media is known: FileDownloadWorkflow brings it."
  event_bus_name = module.EventBus.name
  event_pattern  = module.EventContracts.events["FileMetadataReady"].pattern
  enabled        = var.orchestration != "coordinator"
  state_machine  = { name = module.FileDownloadWorkflow.name, arn = module.FileDownloadWorkflow.arn }

  # The same input as a manual startExecution. A heredoc, for jsonencode would escape the placeholder.
  input_transformer = {
    paths    = { fileId = "$.detail.fileId" }
    template = <<-JSON
      {"fileId": <fileId>}
    JSON
  }
}
