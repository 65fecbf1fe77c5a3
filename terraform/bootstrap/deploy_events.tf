# Bus, schemas, workflow, queues and topic.
data "aws_iam_policy_document" "DeployEvents" {
  for_each = var.environments

  # Neither publishing events nor replaying them.
  statement {
    sid = "Events"
    actions = [
      "events:Create*", "events:Delete*", "events:Describe*", "events:DisableRule", "events:EnableRule", "events:List*",
      "events:PutPermission", "events:PutRule", "events:PutTargets", "events:RemovePermission", "events:RemoveTargets", "events:TagResource", "events:UntagResource", "events:Update*"
    ]
    resources = concat(
      ["${local.here.events}:event-bus/MediaDownloaderEvents${each.value}", "${local.here.events}:archive/MediaDownloaderArchive${each.value}"],
      ["${local.here.events}:rule/MediaDownloaderEvents${each.value}/*"],
      [for name in local.schedule_names : "${local.here.events}:rule/${name}${each.value}"]
    )
  }

  statement {
    sid       = "Schemas"
    actions   = ["schemas:*"]
    resources = ["${local.here.schemas}:registry/MediaDownloaderSchemas${each.value}", "${local.here.schemas}:schema/MediaDownloaderSchemas${each.value}*"]
  }

  # Neither starting nor stopping executions.
  statement {
    sid = "Workflow"
    actions = [
      "states:CreateStateMachine", "states:DeleteStateMachine", "states:DescribeStateMachine", "states:ListStateMachineVersions",
      "states:ListTagsForResource", "states:TagResource", "states:UntagResource", "states:UpdateStateMachine"
    ]
    resources = ["${local.here.states}:stateMachine:FileDownloadWorkflow${each.value}"]
  }

  # Neither sending nor receiving messages.
  statement {
    sid = "Queues"
    actions = [
      "sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueue*", "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"
    ]
    resources = ["${local.here.sqs}:Pushes${each.value}", "${local.here.sqs}:*${each.value}-undelivered", "${local.here.sqs}:*${each.value}-failed"]
  }

  statement {
    sid       = "Topic"
    actions   = ["sns:CreateTopic", "sns:DeleteTopic", "sns:Get*", "sns:List*", "sns:Set*", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource"]
    resources = ["${local.here.sns}:MediaDownloader${each.value}-Alarms*", "${local.here.sns}:app/*/MediaDownloader${each.value}"]
  }
}
