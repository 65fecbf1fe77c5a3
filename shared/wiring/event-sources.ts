import {block, number, text, texts} from './values'
import type {Wiring} from './wiring'

/** A queue whose messages a function works off. */
export interface WiredEventSource {
  readonly queueArn: string
  /** Name or ARN. */
  readonly functionName: string
  readonly batchSize: number
  readonly windowSeconds: number
  /** Invocations at a time. */
  readonly maximumConcurrency: number
  /** The function says which messages of a batch failed; else all of a batch succeed or fail together. */
  readonly reportsFailures: boolean
}

// What Lambda begins with if nothing is configured: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
const pollers = 5

/** The event source mappings of queues; of other sources the stack has none. */
export const wiredEventSources = (wiring: Wiring): WiredEventSource[] => wiring.ofType('aws_lambda_event_source_mapping')
  .filter(({values}) => text(values, 'event_source_arn').split(':')[2] === 'sqs' && values['enabled'] !== false)
  .map(({values}) => ({
    queueArn: text(values, 'event_source_arn'),
    functionName: text(values, 'function_name'),
    batchSize: number(values, 'batch_size', 10),
    windowSeconds: number(values, 'maximum_batching_window_in_seconds', 0),
    maximumConcurrency: number(block(values, 'scaling_config'), 'maximum_concurrency', pollers),
    reportsFailures: texts(values, 'function_response_types').includes('ReportBatchItemFailures')
  }))
