# What keeps a stack from being lost by an apply that was meant for another, or by a setting that was left out.
# Table, bucket, archive, push applications and authorizer have prevent_destroy as well; terraform/allow_destroy lifts it.
locals {
  missing_packages = [for name in keys(local.lambda_files) : name if !fileexists("${path.module}/../dist/lambdas/${name}.zip")]
}

# Remembers whose state this is. What it was made with never changes, so that every plan can compare.
resource "terraform_data" "Suffix" {
  input = var.suffix

  lifecycle {
    ignore_changes = [input]

    precondition {
      condition     = length(local.missing_packages) == 0
      error_message = "The functions' packages are not there (dist/lambdas, ${length(local.missing_packages)} missing). Run npm run build first."
    }

    postcondition {
      condition     = self.output == var.suffix
      error_message = "This state belongs to the stack with the suffix '${self.output}', and the variables say '${var.suffix}': the plan would destroy that stack. Each stack has a state of its own: npm run ops -- stack plan ENVIRONMENT picks it."
    }
  }
}

resource "terraform_data" "Region" {
  input = var.region

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.output == var.region
      error_message = "This state belongs to a stack in ${self.output}, and the variables say ${var.region}: the plan would leave that stack behind. Each stack has a state of its own: npm run ops -- stack plan ENVIRONMENT picks it."
    }
  }
}
