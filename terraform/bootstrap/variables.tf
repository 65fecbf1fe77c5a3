variable "repository" {
  description = "GitHub repository that deploys, as OWNER/NAME."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Expected repository to be OWNER/NAME, without wildcards: whoever it matches can deploy."
  }
}

variable "environments" {
  description = "GitHub environments that deploy, each with the suffix of its stack (variable suffix of the main configuration)."
  type        = map(string)
  default     = { dev = "-Dev", prod = "" }

  validation {
    condition     = alltrue([for name, suffix in var.environments : can(regex("^[a-z0-9-]+$", name)) && can(regex("^(-[A-Za-z0-9]{1,16})?$", suffix))])
    error_message = "Expected names of lower-case letters, digits and hyphens, and suffixes as the main configuration takes them."
  }
}

variable "region" {
  description = "AWS Region of the state bucket and of the stacks."
  type        = string
  default     = "us-west-2"
}

variable "github_provider_arn" {
  description = "ARN of the account's OIDC provider for GitHub, of which there can be one only; empty: it is made here."
  type        = string
  default     = ""
}
