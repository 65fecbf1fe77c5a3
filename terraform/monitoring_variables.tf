variable "alarm_email" {
  description = "Address that hears of alarms and of the budget, after it confirmed the subscription; empty: nobody, the topic alone."
  type        = string
  default     = ""

  validation {
    condition     = var.alarm_email == "" || strcontains(var.alarm_email, "@")
    error_message = "Expected alarm_email to be empty or an e-mail address."
  }
}

variable "failure_rate_percent" {
  description = "Share of the files settled within an hour that may fail before an alarm goes off; hours with fewer than 10 files do not count."
  type        = number
  default     = 20

  validation {
    condition     = var.failure_rate_percent > 0 && var.failure_rate_percent < 100
    error_message = "Expected failure_rate_percent to be between 0 and 100."
  }
}

variable "oldest_unfinished_seconds" {
  description = "How long a file may be due before an alarm goes off; retries of a failing source alone take more than an hour."
  type        = number
  default     = 7200

  validation {
    condition     = var.oldest_unfinished_seconds >= 900
    error_message = "Expected oldest_unfinished_seconds to be at least 900, the longest that one transfer takes."
  }
}

variable "monthly_budget_usd" {
  description = "Dollars a month from which on AWS warns, at 80 % forecast and at 100 % spent; 0: no budget. It counts what bears the tag Project, once that is an activated cost allocation tag."
  type        = number
  default     = 0

  validation {
    condition     = var.monthly_budget_usd >= 0
    error_message = "Expected monthly_budget_usd to be 0 or more."
  }
}
