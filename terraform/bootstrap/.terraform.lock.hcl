# The version that the gate applies. Hashes are those of OpenTofu's registry: make the file whole once with
#   tofu providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_amd64 -platform=darwin_arm64 -platform=windows_amd64
# and commit it; see docs/adr/0039-one-lock-file.md. Until then init adds those that it saw.
provider "registry.opentofu.org/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 6.67.0"
}
