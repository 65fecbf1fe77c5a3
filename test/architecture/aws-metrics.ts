interface Namespace {
  /** Where AWS lists the metrics and their dimensions. */
  readonly source: string
  /** Sets of dimensions under which each metric exists; an empty set is "no dimension". */
  readonly metrics: Readonly<Record<string, ReadonlyArray<readonly string[]>>>
}

const each = (names: readonly string[], ...dimensions: ReadonlyArray<readonly string[]>): Namespace['metrics'] =>
  Object.fromEntries(names.map((name) => [name, dimensions]))

/** On the default bus a rule's metrics have RuleName alone, on a custom bus EventBusName as well. */
const ofRule = [['RuleName'], ['EventBusName', 'RuleName']] as const

/** What AWS emits of the services that this stack uses: the part that a dashboard or alarm may ask for. */
export const awsMetrics: Readonly<Record<string, Namespace>> = {
  'AWS/Events': {
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html',
    metrics: {
      ...each(['FailedInvocations', 'InvocationsSentToDlq', 'InvocationsFailedToBeSentToDlq'], ...ofRule),
      ...each(['Invocations'], [], ...ofRule),
      ...each(['InvocationAttempts', 'SuccessfulInvocationAttempts', 'RetryInvocationAttempts', 'TriggeredRules', 'ThrottledRules'], [], ['EventBusName'], ...ofRule),
      ...each(['MatchedEvents'], ['EventBusName'], ...ofRule),
      ...each(['PutEventsEntriesCount', 'PutEventsFailedEntriesCount', 'PutEventsApproximateThrottledCount', 'PutEventsLatency'], [])
    }
  },
  'AWS/Lambda': {
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    metrics: {
      ...each([
        'Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions', 'AsyncEventAge', 'AsyncEventsDropped', 'DestinationDeliveryFailures'
      ], ['FunctionName']),
      ...each(['ClaimedAccountConcurrency', 'UnreservedConcurrentExecutions'], [])
    }
  },
  'AWS/States': {
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html',
    metrics: each([
      'ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted', 'ExecutionThrottled', 'ExecutionTime'
    ], ['StateMachineArn'])
  },
  'AWS/SQS': {
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    metrics: each(['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage', 'NumberOfMessagesSent'], ['QueueName'])
  },
  'AWS/ApiGateway': {
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html',
    metrics: each(['4xx', '5xx', 'Count', 'Latency', 'IntegrationLatency', 'DataProcessed'], ['ApiId'], ['ApiId', 'Stage'])
  },
  'AWS/DynamoDB': {
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
    metrics: each(['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'], ['TableName'], ['GlobalSecondaryIndexName', 'TableName'])
  },
  'AWS/S3': {
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html',
    metrics: each(['BucketSizeBytes', 'NumberOfObjects'], ['BucketName', 'StorageType'])
  },
  'AWS/Billing': {
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html',
    metrics: each(['EstimatedCharges'], ['Currency'], ['Currency', 'ServiceName'])
  }
}
