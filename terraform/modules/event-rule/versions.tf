terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "registry.opentofu.org/hashicorp/aws"
      version = ">= 5.100, < 6.67"
    }
  }
}
