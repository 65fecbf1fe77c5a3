#!/usr/bin/env bash
# SetQueueAttributes changes the attributes that it is given, so one would guess that a queue's access policy outlives a change of
# its visibility timeout, in an emulator as on AWS.
# It does not, seen on 2026-12-01 with moto 5.2.5: whatever is set, a queue whose call has no Policy loses the one that it had, and
# a RedriveAllowPolicy is taken without an error and never given back. All other attributes stay.
# Why it matters: Terraform sets attributes and policies by calls of their own, so a dead-letter queue that EventBridge may write to
# is closed to it after the next change, in the emulator alone; and a test of who may write proves nothing after an update.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet 'moto[sqs]==5.2.5' 'boto3==1.44.8'
cat > attributes.py <<'PYTHON'
import json
import os

os.environ.update(AWS_ACCESS_KEY_ID='none', AWS_SECRET_ACCESS_KEY='none', AWS_DEFAULT_REGION='eu-central-1')
import boto3
from moto import mock_aws

arn = 'arn:aws:sqs:eu-central-1:123456789012:letters'
policy = json.dumps({'Version': '2012-10-17', 'Statement': [
    {'Effect': 'Allow', 'Principal': {'Service': 'events.amazonaws.com'}, 'Action': 'sqs:SendMessage', 'Resource': arn}]})

with mock_aws():
    sqs = boto3.client('sqs')
    url = sqs.create_queue(QueueName='letters', Attributes={'Policy': policy, 'MessageRetentionPeriod': '1209600'})['QueueUrl']
    def tell(step):
        kept = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']
        print(step, *(name for name in ('MessageRetentionPeriod', 'Policy', 'RedriveAllowPolicy') if name in kept))
    tell('created:')
    sqs.set_queue_attributes(QueueUrl=url, Attributes={'VisibilityTimeout': '60'})
    tell('VisibilityTimeout set:')
    sqs.set_queue_attributes(QueueUrl=url, Attributes={'Policy': policy})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={'RedriveAllowPolicy': '{"redrivePermission": "denyAll"}'})
    tell('Policy, then RedriveAllowPolicy set:')
PYTHON
seen=$(env/bin/python attributes.py)
printf '%s\n' "$seen"
diff - <(printf '%s\n' "$seen") <<'SEEN' && echo 'As it was seen on 2026-12-01.'
created: MessageRetentionPeriod Policy
VisibilityTimeout set: MessageRetentionPeriod
Policy, then RedriveAllowPolicy set: MessageRetentionPeriod
SEEN
