variable "name" {
  description = "Name of the function and its log group; with the Region that of its role."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,57}$", var.name))
    error_message = "Expected name to have 1 to 57 letters, digits or hyphens."
  }
}

variable "region" {
  description = "Region of the function, a part of its role's name."
  type        = string

  validation {
    condition     = length("${var.name}-${var.region}") <= 64
    error_message = "Expected name and region to make a role's name of at most 64 characters, IAM's limit."
  }
}

variable "description" {
  description = "What the function does."
  type        = string
}

variable "runtime" {
  description = "Runtime of the function, a Node.js that the bundles are compiled for."
  type        = string
  default     = "nodejs22.x"
}

variable "kms_key_arn" {
  description = "ARN of the key that log group, environment and on-failure queue are encrypted with; null: a key of AWS."
  type        = string
  default     = null
}

variable "package" {
  description = "Path of the zip with index.mjs, made by npm run build."
  type        = string
}

variable "policy" {
  description = "Policy document (JSON) of what the function may do beyond its logs and traces."
  type        = string
}

variable "environment" {
  description = "Environment variables; a test compares their names with those the code reads."
  type        = map(string)
}

variable "timeout" {
  description = "Seconds until Lambda ends an invocation."
  type        = number

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "Expected timeout to be between 1 and 900 seconds."
  }
}

variable "memory_mb" {
  description = "Memory in MB; CPU and network grow with it, one vCPU at 1,769."
  type        = number
  default     = 512

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "Expected memory_mb to be between 128 and 10240."
  }
}

variable "storage_mb" {
  description = "Ephemeral storage in MB."
  type        = number
  default     = 512

  validation {
    condition     = var.storage_mb >= 512 && var.storage_mb <= 10240
    error_message = "Expected storage_mb to be between 512 and 10240."
  }
}

variable "layers" {
  description = "ARNs of layers."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.layers) <= 5
    error_message = "Expected at most 5 layers."
  }
}

variable "reserved_concurrent_executions" {
  description = "Invocations at a time that the account keeps for the function, which gets no more; -1: it shares what the account has left."
  type        = number
  default     = -1

  validation {
    condition     = var.reserved_concurrent_executions == -1 || var.reserved_concurrent_executions >= 1
    error_message = "Expected reserved_concurrent_executions to be 1 or more, or -1 for no reservation: with 0 the function would never run."
  }
}

variable "asynchronous" {
  description = "How Lambda retries an asynchronous invocation before the event goes to the on-failure queue; null: the function is only invoked synchronously."
  type = object({
    maximum_retry_attempts       = optional(number, 2)
    maximum_event_age_in_seconds = optional(number, 21600)
  })
  default = null

  validation {
    condition     = var.asynchronous == null || try(var.asynchronous.maximum_retry_attempts >= 0 && var.asynchronous.maximum_retry_attempts <= 2, false)
    error_message = "Expected asynchronous.maximum_retry_attempts to be 0, 1 or 2."
  }
}

variable "log_level" {
  description = "Least level that the function logs."
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
