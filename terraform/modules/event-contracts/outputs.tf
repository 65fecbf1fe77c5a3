output "events" {
  description = "By event name: source, detail_type, pattern (JSON, for rules: live events only, unless accept_replayed_events) and document (OpenApi3 JSON for the schema registry)."
  value = {
    for event, schema in local.schemas : event => {
      source      = local.sources[event]
      detail_type = local.detail_types[event]
      pattern = jsonencode(merge(
        { source = [local.sources[event]], detail-type = [local.detail_types[event]] },
        var.accept_replayed_events ? {} : { replay-name = [{ exists = false }] }
      ))
      document = jsonencode({
        openapi = "3.0.0"
        info    = { version = "1.0.0", title = event }
        paths   = {}
        components = {
          schemas = {
            AWSEvent = {
              type                        = "object"
              required                    = ["version", "id", "source", "account", "time", "region", "resources", "detail-type", "detail"]
              x-amazon-events-source      = local.sources[event]
              x-amazon-events-detail-type = local.detail_types[event]
              properties                  = merge(local.envelope, { detail = { "$ref" = "#/components/schemas/${event}" } })
            }
            (event) = { for key, value in schema : key => value if key != "$schema" && !startswith(key, "x-amazon-events-") }
          }
        }
      })
    }
  }

  precondition {
    condition     = length(local.schemas) > 0
    error_message = "Expected at least one <Event>/schema.json in ${local.folder}."
  }

  precondition {
    condition     = alltrue([for source in values(local.sources) : !startswith(source, "aws.")])
    error_message = "Expected no source to begin with 'aws.': PutEvents refuses it with NotAuthorizedForSourceException (${join(", ", values(local.sources))})."
  }

  precondition {
    condition     = alltrue([for event, detail_type in local.detail_types : event == detail_type])
    error_message = "Expected each contract's folder to be named for its x-amazon-events-detail-type (${join(", ", [for event, detail_type in local.detail_types : "${event}: ${detail_type}"])})."
  }
}
