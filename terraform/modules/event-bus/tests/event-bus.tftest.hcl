mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = {
      arn = "arn:aws:events:us-west-2:123456789012:event-bus/Events"
    }
  }
}

variables {
  bus_name               = "Events"
  registry_name          = "Schemas"
  archive_name           = "Archive"
  archive_retention_days = 90
  schemas                = { Asked = "{}", Answered = "{}" }
}

run "every_schema_is_in_the_registry_and_every_event_in_the_archive" {
  assert {
    condition     = toset(keys(aws_schemas_schema.this)) == toset(["Answered", "Asked"])
    error_message = "Expected one schema for each event."
  }

  assert {
    condition     = aws_cloudwatch_event_archive.this.event_source_arn == aws_cloudwatch_event_bus.this.arn && aws_cloudwatch_event_archive.this.retention_days == 90
    error_message = "Expected an archive of this bus for 90 days."
  }

  assert {
    condition     = aws_cloudwatch_event_archive.this.event_pattern == null
    error_message = "Expected an archive without pattern: it keeps every event."
  }
}

run "an_archive_for_ever_is_refused" {
  command = plan

  variables {
    archive_retention_days = 0
  }

  expect_failures = [var.archive_retention_days]
}

run "half_a_day_of_retention_is_refused" {
  command = plan

  variables {
    archive_retention_days = 1.5
  }

  expect_failures = [var.archive_retention_days]
}

run "an_archive_name_over_48_characters_is_refused" {
  command = plan

  variables {
    archive_name = "MediaDownloaderArchive-WithAVeryLongSuffixIndeed1"
  }

  expect_failures = [var.archive_name]
}
