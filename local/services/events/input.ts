import {describeError} from '../../../shared/errors'
import type {EventEnvelope} from '../../runtime/core/types'
import {ServiceError} from '../../runtime/core/errors'
import {atPath} from './event-path'
import type {InputTransformer, Target} from './model'
import {fillTemplate} from './template'

/** An event on its way to one target of one rule. */
export interface Passage {
  readonly event: EventEnvelope
  readonly ruleArn: string
  readonly ruleName: string
  readonly target: Target
  /** When the bus took the event, epoch ms. */
  readonly ingested: number
}

const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** `<aws.events.event>` is the event without detail, its time that of ingestion, as AWS was seen to give it. */
const reserved = ({event, ruleArn, ruleName, ingested}: Passage): Array<[string, unknown]> => [
  ['aws.events.rule-arn', ruleArn],
  ['aws.events.rule-name', ruleName],
  ['aws.events.event.ingestion-time', seconds(ingested)],
  ['aws.events.event.json', event],
  ['aws.events.event', {
    version: event.version,
    id: event.id,
    detailType: event['detail-type'],
    source: event.source,
    account: event.account,
    time: seconds(ingested),
    region: event.region,
    resources: event.resources
  }]
]

const transform = (passage: Passage, {InputPathsMap = {}, InputTemplate}: InputTransformer): string => {
  const paths = Object.entries(InputPathsMap).map(([name, path]): [string, unknown] => [name, atPath(passage.event, path)])
  const filled = fillTemplate(InputTemplate, new Map([...paths, ...reserved(passage)]))
  try {
    return JSON.stringify(JSON.parse(filled))
  } catch (cause) {
    throw new ServiceError('INVALID_JSON', `The input transformer made no JSON: ${filled.trim()} (${describeError(cause)})`)
  }
}

/** What the target receives. Throws a ServiceError INVALID_JSON if a transformer's outcome is not JSON: EventBridge does not retry that. */
export const targetInput = (passage: Passage): string => {
  const {Input, InputPath, InputTransformer} = passage.target
  if (InputTransformer !== undefined) {
    return transform(passage, InputTransformer)
  }
  if (InputPath !== undefined) {
    return JSON.stringify(atPath(passage.event, InputPath) ?? null)
  }
  return Input ?? JSON.stringify(passage.event)
}
