variable "name" {
  description = "Name of the rule."
  type        = string
}

variable "region" {
  description = "Region of the rule, a part of its role's name; null: the target is a function, which needs no role."
  type        = string
  default     = null

  validation {
    condition     = length("${var.name}-${coalesce(var.region, "none")}") <= 64
    error_message = "Expected name and region to make a role's name of at most 64 characters, IAM's limit."
  }
}

variable "description" {
  description = "What the rule is for."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the key that the dead-letter queue is encrypted with; null: a key of AWS."
  type        = string
  default     = null
}

variable "event_bus_name" {
  description = "Bus of the rule. Schedules exist on the default bus only."
  type        = string
  default     = "default"
}

variable "event_pattern" {
  description = "Pattern (JSON) of the events; null: the rule is a schedule."
  type        = string
  default     = null

  validation {
    condition     = var.event_pattern == null || alltrue([for source in try(jsondecode(var.event_pattern).source, []) : !startswith(source, "aws.")])
    error_message = "Expected no source to begin with 'aws.': it is reserved, so no event of ours ever matches."
  }
}

variable "schedule_expression" {
  description = "rate(…) or cron(…); null: the rule matches events."
  type        = string
  default     = null
}

variable "enabled" {
  description = "Whether the rule acts."
  type        = bool
  default     = true
}

variable "function" {
  description = "The Lambda function that is the target; null: the target is something else."
  type        = object({ name = string, arn = string })
  default     = null
}

variable "state_machine" {
  description = "The state machine that is the target; null: the target is something else."
  type        = object({ name = string, arn = string })
  default     = null
}

variable "event_bus" {
  description = "The event bus that is the target, of this account and Region or of others; null: the target is something else."
  type        = object({ name = string, arn = string })
  default     = null
}

variable "input_transformer" {
  description = "Paths into the event by name, and the template in which <name> stands for the value; null: the target gets the whole event."
  type        = object({ paths = map(string), template = string })
  default     = null

  validation {
    condition     = var.input_transformer == null || !strcontains(try(var.input_transformer.template, ""), "u003c")
    error_message = "Expected bare <placeholders> in input_transformer.template: jsonencode escapes them, and then nothing is replaced. Use a heredoc."
  }
}

variable "maximum_event_age_in_seconds" {
  description = "How long delivery is tried before the event goes to the dead-letter queue."
  type        = number
  default     = 86400

  validation {
    condition     = var.maximum_event_age_in_seconds >= 60 && var.maximum_event_age_in_seconds <= 86400
    error_message = "Expected maximum_event_age_in_seconds to be between 60 and 86400."
  }
}

variable "maximum_retry_attempts" {
  description = "How often delivery is tried again before the event goes to the dead-letter queue."
  type        = number
  default     = 185

  validation {
    condition     = var.maximum_retry_attempts >= 0 && var.maximum_retry_attempts <= 185
    error_message = "Expected maximum_retry_attempts to be between 0 and 185."
  }
}
