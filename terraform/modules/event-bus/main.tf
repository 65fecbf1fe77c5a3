resource "aws_cloudwatch_event_bus" "this" {
  name = var.bus_name
}

resource "aws_cloudwatch_event_archive" "this" {
  name             = var.archive_name
  description      = "Every event of ${var.bus_name}, for replay."
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive_retention_days

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_schemas_registry" "this" {
  name        = var.registry_name
  description = "What the events of ${var.bus_name} look like. It documents; it never validates."
}

resource "aws_schemas_schema" "this" {
  for_each = var.schemas

  name          = each.key
  registry_name = aws_schemas_registry.this.name
  type          = "OpenApi3"
  description   = "The event ${each.key} with its envelope."
  content       = each.value
}
