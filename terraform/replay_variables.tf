variable "replay_target_bus_arn" {
  description = "ARN of the bus that replayed events are handed to, for example of MediaDownloaderEvents-Dev, of this account and Region or of others; empty: no rule ReplayToDev."
  type        = string
  default     = ""

  validation {
    condition     = var.replay_target_bus_arn == "" || can(regex("^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._-]+$", var.replay_target_bus_arn))
    error_message = "Expected replay_target_bus_arn to be empty or the ARN of an event bus, arn:aws:events:<region>:<account>:event-bus/<name>."
  }
}

variable "accept_replayed_events" {
  description = "Whether the rules of this stack act on replayed events, as a stack that others replay to must. Never for production: each replay there would be handled like live events."
  type        = bool
  default     = false
}

variable "replay_source_accounts" {
  description = "Other accounts whose ReplayToDev may put events on this stack's bus."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.replay_source_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "Expected replay_source_accounts to be account ids of twelve digits."
  }
}
