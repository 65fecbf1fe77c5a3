import {Metrics, MetricUnit} from '@aws-lambda-powertools/metrics'
import {isLambda} from './AWS/Environment'

export type Unit = 'Count' | 'Bytes' | 'Seconds'

export interface Measurement {
  readonly unit: Unit
  readonly value: number
}

/** CloudWatch namespace of every metric of ours. */
export const metricNamespace = 'MediaDownloader'

const metrics = new Metrics({namespace: metricNamespace})

/**
 * Writes measurements as one line of embedded metric format, which CloudWatch Logs turns into metrics; outside Lambda nothing.
 * Each has the dimension `service`, the function's name, and the one that is given.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const emitMetrics = (measurements: Readonly<Record<string, Measurement>>, dimension?: Readonly<Record<string, string>>): void => {
  if (!isLambda()) {
    return
  }
  for (const [name, {unit, value}] of Object.entries(measurements)) {
    metrics.addMetric(name, MetricUnit[unit], value)
  }
  if (dimension !== undefined) {
    metrics.addDimensions({...dimension})
  }
  metrics.publishStoredMetrics()
}
