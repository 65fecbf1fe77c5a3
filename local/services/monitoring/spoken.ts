import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'CloudWatch',
  protocol: 'RPC v2 CBOR, AWS JSON and Query',
  operations: {
    GetMetricStatistics: 'AWS/Lambda Invocations, Errors, Duration; AWS/States Executions…; AWS/Events Invocations, FailedInvocations, RetryInvocationAttempts;'
      + ' what functions write in Embedded Metric Format; of the newest 20,000 observations of each kind',
    ListMetrics: 'of these'
  },
  refused: {
    'extended statistics (percentiles)': 'InvalidParameterCombination',
    'alarms, dashboards, GetMetricData': 'UnknownOperationException, InvalidAction'
  }
}
