# Runs unchanged on OpenTofu >= 1.10 and Terraform >= 1.11, with provider 5.100 and with 6.x (docs/adr/0039-one-lock-file.md).
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "registry.opentofu.org/hashicorp/aws"
      version = ">= 5.100, < 6.67"
    }
  }
}
