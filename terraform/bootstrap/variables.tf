variable "repository" {
  description = "GitHub repository that deploys, as OWNER/NAME."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Expected repository to be OWNER/NAME, without wildcards: whoever it matches can deploy."
  }
}

variable "github_owner_id" {
  description = "Numeric id of the repository's owner at GitHub; with github_repository_id the only subject that is accepted. Empty: by names alone, as GitHub sends them for repositories made before 2026-07-15 and never renamed or transferred since."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[0-9]*$", var.github_owner_id)) && (var.github_owner_id == "") == (var.github_repository_id == "")
    error_message = "Expected github_owner_id and github_repository_id to be numbers, both or neither. Find them with: gh api repos/OWNER/NAME --jq '.owner.id, .id'"
  }
}

variable "github_repository_id" {
  description = "Numeric id of the repository at GitHub, see github_owner_id. A repository of the same name that somebody else makes later has another one."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[0-9]*$", var.github_repository_id))
    error_message = "Expected github_repository_id to be a number. Find it with: gh api repos/OWNER/NAME --jq .id"
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

  validation {
    condition     = alltrue([for name in keys(var.environments) : length("MediaDownloaderDeploy-${name}-${var.region}") <= 64])
    error_message = "Expected names of environments that with the Region make names of roles of at most 64 characters, IAM's limit."
  }
}

variable "kms_key_arns" {
  description = "Keys of environments whose stacks have kms_key_arn: the ARN by the name of the environment."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, arn in var.kms_key_arns : contains(keys(var.environments), name) && can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))])
    error_message = "Expected kms_key_arns to have ARNs of keys by names of environments."
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
