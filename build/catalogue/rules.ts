import {trustedJson} from '../../shared/json'
import {arnName} from '../../shared/wiring/arn'
import type {WiredResource} from '../../shared/wiring/wiring'

interface Pattern {
  readonly 'detail-type'?: readonly string[]
  readonly [member: string]: unknown
}

/** Who gets what a rule matches, and what becomes of it if that fails. */
export interface Target {
  readonly kind: 'function' | 'workflow' | 'bus' | 'queue'
  readonly name: string
  /** Template of the input; undefined: the whole event. */
  readonly input?: string
  readonly retries: number
  readonly retrySeconds: number
  readonly deadLetterQueue?: string
  readonly onFailure?: {readonly retries: number, readonly queue: string}
}

export interface Rule {
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly pattern: Pattern
  readonly targets: readonly Target[]
}

const kinds: Readonly<Record<string, Target['kind']>> = {lambda: 'function', states: 'workflow', events: 'bus', sqs: 'queue'}

/** Blocks are lists in a state. */
const block = <T>(value: unknown): T | undefined =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- by the provider's schema
  (value as readonly T[] | undefined)?.[0]

const onFailure = (resources: readonly WiredResource[], name: string): Target['onFailure'] => {
  const config = resources.find(({type, values}) => type === 'aws_lambda_function_event_invoke_config' && values.function_name === name)?.values
  const destination = block<{destination: string}>(block<{on_failure: unknown}>(config?.destination_config)?.on_failure)?.destination
  return destination === undefined ? undefined : {retries: Number(config!.maximum_retry_attempts), queue: arnName(destination)}
}

const readTarget = (resources: readonly WiredResource[], {values}: WiredResource): Target => {
  const arn = String(values.arn)
  const kind = kinds[arn.split(':')[2]!] ?? 'queue'
  const retry = block<{maximum_retry_attempts: number, maximum_event_age_in_seconds: number}>(values.retry_policy)
  const letters = block<{arn: string}>(values.dead_letter_config)
  const transformer = block<{input_template: string}>(values.input_transformer)
  const failure = kind === 'function' ? onFailure(resources, arnName(arn)) : undefined
  return {
    kind, name: arnName(arn), retries: retry?.maximum_retry_attempts ?? 185, retrySeconds: retry?.maximum_event_age_in_seconds ?? 86_400,
    ...letters && {deadLetterQueue: arnName(letters.arn)},
    ...transformer && {input: transformer.input_template.trim()},
    ...failure && {onFailure: failure}
  }
}

/** The rules with a pattern, each with its targets, sorted by name. */
export const rulesIn = (resources: readonly WiredResource[]): Rule[] => resources
  .filter(({type, values}) => type === 'aws_cloudwatch_event_rule' && Boolean(values.event_pattern))
  .map(({values}) => ({
    name: String(values.name),
    description: String(values.description ?? ''),
    enabled: values.state !== 'DISABLED',
    pattern: trustedJson<Pattern>(String(values.event_pattern)),
    targets: resources.filter(({type, values: target}) => type === 'aws_cloudwatch_event_target' && target.rule === values.name)
      .map((target) => readTarget(resources, target))
  }))
  .sort((one, other) => one.name < other.name ? -1 : 1)
