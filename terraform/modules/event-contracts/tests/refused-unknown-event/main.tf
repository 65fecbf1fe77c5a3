# expect: Invalid index
terraform {
  required_version = ">= 1.10"
}

module "EventContracts" {
  source = "../.."
}

output "pattern" {
  description = "An event that no contract describes must not get as far as a rule."
  value       = module.EventContracts.events["FileVanished"].pattern
}
