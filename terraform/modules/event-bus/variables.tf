variable "bus_name" {
  description = "Name of the event bus."
  type        = string
}

variable "registry_name" {
  description = "Name of the schema registry."
  type        = string
}

variable "archive_name" {
  description = "Name of the archive that keeps every event of the bus."
  type        = string

  validation {
    condition     = length(var.archive_name) <= 48
    error_message = "Expected archive_name to have at most 48 characters."
  }
}

variable "archive_retention_days" {
  description = "Days for which the archive keeps an event."
  type        = number

  validation {
    # AWS reads 0 as "for ever"; events name URLs and users' wishes, so that must not happen by accident.
    condition     = var.archive_retention_days >= 1 && floor(var.archive_retention_days) == var.archive_retention_days
    error_message = "Expected archive_retention_days to be a whole number of days, 1 or more."
  }
}

variable "schemas" {
  description = "OpenApi3 documents (JSON) by event name."
  type        = map(string)
}
