run "every_contract_gives_a_pattern_for_live_events_only" {
  command = plan

  assert {
    condition     = length(setsubtract(["FileRequested", "FileMetadataReady", "FileDownloadStarted", "FileDownloadCompleted", "FileDownloadFailed"], keys(output.events))) == 0
    error_message = "Expected the five events of the flow among the repository's; got ${join(", ", keys(output.events))}."
  }

  assert {
    condition = jsondecode(output.events["FileRequested"].pattern) == {
      source      = ["mediadownloader.request"]
      detail-type = ["FileRequested"]
      replay-name = [{ exists = false }]
    }
    error_message = "Got ${output.events["FileRequested"].pattern}."
  }
}

run "a_stack_that_others_replay_to_takes_replayed_events" {
  command = plan

  variables {
    accept_replayed_events = true
  }

  assert {
    condition     = jsondecode(output.events["FileRequested"].pattern) == { source = ["mediadownloader.request"], detail-type = ["FileRequested"] }
    error_message = "Got ${output.events["FileRequested"].pattern}."
  }
}

run "the_registry_document_wraps_the_detail_in_the_true_envelope" {
  command = plan

  assert {
    condition     = jsondecode(output.events["FileRequested"].document).components.schemas.AWSEvent.properties.version.enum[0] == "0"
    error_message = "The envelope's version is always \"0\"."
  }

  assert {
    condition     = jsondecode(output.events["FileRequested"].document).components.schemas.AWSEvent.properties.detail["$ref"] == "#/components/schemas/FileRequested"
    error_message = "The envelope's detail must be the contract."
  }

  assert {
    condition     = !contains(keys(jsondecode(output.events["FileRequested"].document).components.schemas.FileRequested), "$schema")
    error_message = "OpenAPI 3.0 knows no $schema inside a schema."
  }
}

run "a_reserved_source_is_refused" {
  command = plan

  variables {
    folder = "./tests/reserved-source"
  }

  expect_failures = [output.events]
}

run "a_folder_that_is_not_named_for_its_event_is_refused" {
  command = plan

  variables {
    folder = "./tests/misnamed"
  }

  expect_failures = [output.events]
}

run "a_folder_without_contracts_is_refused" {
  command = plan

  variables {
    folder = "./tests/nothing-here"
  }

  expect_failures = [output.events]
}
