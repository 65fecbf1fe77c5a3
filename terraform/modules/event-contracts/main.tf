locals {
  folder  = var.folder == null ? "${path.module}/../../../src/types/events" : var.folder
  schemas = { for path in fileset(local.folder, "*/schema.json") : dirname(path) => jsondecode(file("${local.folder}/${path}")) }

  # The registry describes what arrives: the envelope, whose version is always "0", around our detail.
  envelope = {
    version     = { type = "string", enum = ["0"] }
    id          = { type = "string" }
    source      = { type = "string" }
    account     = { type = "string" }
    time        = { type = "string", format = "date-time" }
    region      = { type = "string" }
    resources   = { type = "array", items = { type = "string" } }
    detail-type = { type = "string" }
    replay-name = { type = "string" }
  }

  sources      = { for event, schema in local.schemas : event => schema["x-amazon-events-source"] }
  detail_types = { for event, schema in local.schemas : event => schema["x-amazon-events-detail-type"] }
}
