provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project = "MediaDownloader${var.suffix}"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
