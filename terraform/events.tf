module "EventContracts" {
  source = "./modules/event-contracts"

  accept_replayed_events = var.accept_replayed_events
}

module "EventBus" {
  source = "./modules/event-bus"

  bus_name               = "MediaDownloaderEvents${var.suffix}"
  registry_name          = "MediaDownloaderSchemas${var.suffix}"
  archive_name           = "MediaDownloaderArchive${var.suffix}"
  archive_retention_days = var.archive_retention_days
  schemas                = { for event, contract in module.EventContracts.events : event => contract.document }
}

# Leave to publish one event, by its name: no publisher can pass for another.
data "aws_iam_policy_document" "Publish" {
  for_each = module.EventContracts.events

  statement {
    sid       = "Publish${each.key}"
    actions   = ["events:PutEvents"]
    resources = [module.EventBus.arn]

    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = [each.value.source]
    }

    condition {
      test     = "StringEquals"
      variable = "events:detail-type"
      values   = [each.value.detail_type]
    }
  }
}
