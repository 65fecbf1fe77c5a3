# A replay of the archive goes to the archive's own bus, and no other rule of this stack sees it. This one hands it on to another
# stack's bus; a replay names it in FilterArns.
module "ReplayToDev" {
  source = "./modules/event-rule"
  count  = local.forwards_replays ? 1 : 0

  name           = "ReplayToDev${var.suffix}"
  kms_key_arn    = var.kms_key_arn
  region         = local.region
  description    = "Hands replayed events, and nothing else, to another stack's bus."
  event_bus_name = module.EventBus.name
  event_pattern  = jsonencode({ replay-name = [{ exists = true }] })
  event_bus      = { name = split("/", var.replay_target_bus_arn)[1], arn = var.replay_target_bus_arn }
}

# A bus takes events of its own account by the sender's role alone; other accounts need leave of the bus as well.
resource "aws_cloudwatch_event_bus_policy" "Replays" {
  count = length(var.replay_source_accounts) > 0 ? 1 : 0

  event_bus_name = module.EventBus.name
  policy         = data.aws_iam_policy_document.Replays.json

  lifecycle {
    precondition {
      condition     = var.accept_replayed_events
      error_message = "Expected accept_replayed_events with replay_source_accounts: else the rules leave alone what comes from there."
    }
  }
}

data "aws_iam_policy_document" "Replays" {
  dynamic "statement" {
    for_each = var.replay_source_accounts

    content {
      sid       = "TakeReplaysOf${statement.value}"
      actions   = ["events:PutEvents"]
      resources = [module.EventBus.arn]

      principals {
        type        = "AWS"
        identifiers = ["arn:${local.partition}:iam::${statement.value}:root"]
      }

      # The forwarding rules there, and no other way to put an event here.
      condition {
        test     = "ArnLike"
        variable = "aws:PrincipalArn"
        values   = ["arn:${local.partition}:iam::${statement.value}:role/ReplayToDev*"]
      }
    }
  }
}

locals {
  forwards_replays = var.replay_target_bus_arn != ""
}
