variable "name" {
  description = "Name of the alarm."
  type        = string
}

variable "summary" {
  description = "What is wrong, in a sentence that somebody woken at night understands."
  type        = string

  validation {
    condition     = endswith(var.summary, ".")
    error_message = "Expected summary to be a sentence with a full stop."
  }
}

variable "runbook" {
  description = "Anchor of the alarm's entry in docs/runbook.md."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.runbook))
    error_message = "Expected runbook to be an anchor: small letters, digits and hyphens."
  }
}

variable "metrics" {
  description = "Metrics by the id that the expression calls them."
  type = map(object({
    namespace  = string
    name       = string
    dimensions = optional(map(string))
    stat       = optional(string, "Sum")
  }))

  validation {
    condition     = length(var.metrics) >= 1 && length(var.metrics) <= 10
    error_message = "Expected metrics to have 1 to 10 entries, as many as an alarm takes."
  }

  validation {
    condition     = alltrue([for id in keys(var.metrics) : can(regex("^[a-z][A-Za-z0-9_]*$", id))])
    error_message = "Expected the ids of metrics to begin with a small letter and to have letters, digits and underscores."
  }
}

variable "expression" {
  description = "Metric math over the ids of metrics; null: the alarm watches the one metric itself."
  type        = string
  default     = null
}

variable "threshold" {
  description = "The alarm goes off above it."
  type        = number
}

variable "period" {
  description = "Seconds over which values are taken together."
  type        = number
  default     = 300

  validation {
    condition     = var.period >= 60 && var.period % 60 == 0
    error_message = "Expected period to be a multiple of 60 seconds."
  }
}

variable "evaluation_periods" {
  description = "Periods in a row that must be above the threshold."
  type        = number
  default     = 1
}

variable "treat_missing_data" {
  description = "What silence means: notBreaching where a metric exists only when something happens; missing where silence after the first value is a fault, of which the topic hears as INSUFFICIENT_DATA; breaching where even a new stack must not be silent. No default, so that each alarm decides."
  type        = string

  validation {
    condition     = contains(["notBreaching", "breaching", "ignore", "missing"], var.treat_missing_data)
    error_message = "Expected treat_missing_data to be notBreaching, breaching, ignore or missing."
  }
}

variable "topic_arn" {
  description = "Topic that hears of the alarm, of its end and, where treat_missing_data is missing, of silence."
  type        = string
}
