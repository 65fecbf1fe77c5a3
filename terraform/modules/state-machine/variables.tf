variable "name" {
  description = "Name of the state machine; with the Region that of its role."
  type        = string
}

variable "region" {
  description = "Region of the state machine, a part of its role's name."
  type        = string

  validation {
    condition     = length("${var.name}-${var.region}") <= 64
    error_message = "Expected name and region to make a role's name of at most 64 characters, IAM's limit."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that history, definition and log group are encrypted with; null: a key of AWS."
  type        = string
  default     = null
}

variable "definition" {
  description = "Amazon States Language (JSON), placeholders filled in."
  type        = string

  validation {
    condition     = can(jsondecode(var.definition).States)
    error_message = "Expected definition to be JSON with States."
  }

  validation {
    # A pattern, not the text itself: checkov's parser cannot read an escaped placeholder.
    condition     = can(jsondecode(var.definition)) && !can(regex("\\$\\{", var.definition))
    error_message = "Expected every placeholder of the definition to be filled in."
  }
}

variable "policy" {
  description = "Policy document (JSON) of what the states may do."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which CloudWatch keeps the logs."
  type        = number

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Expected log_retention_days to be one of the periods that CloudWatch Logs knows."
  }
}
