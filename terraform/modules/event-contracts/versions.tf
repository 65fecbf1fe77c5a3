# No provider: contracts are read from files, so rules and tests get them without an account.
terraform {
  required_version = ">= 1.10"
}
