import {findPlace} from '../../../shared/wiring/place'
import {block, number, text} from '../../../shared/wiring/values'
import type {WiredResource, Wiring} from '../../../shared/wiring/wiring'
import {type Archive, type Bus, DEFAULT_BUS, type InputTransformer, type RetryPolicy, type Rule, type Target} from './model'
import {busArn, busName} from './names'

type Values = WiredResource['values']

/** Terraform writes an attribute that was left out as an empty string. */
const some = (values: Values, name: string): string | undefined => text(values, name) || undefined

const readTransformer = (values: Values): InputTransformer | undefined => {
  const transformer = block(values, 'input_transformer')
  const InputTemplate = some(transformer, 'input_template')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- by the provider's schema
  return InputTemplate === undefined ? undefined : {InputTemplate, InputPathsMap: (transformer['input_paths'] ?? {}) as Record<string, string>}
}

const readRetryPolicy = (values: Values): RetryPolicy | undefined => {
  const retry = block(values, 'retry_policy')
  return Object.keys(retry).length === 0
    ? undefined
    : {
        MaximumRetryAttempts: number(retry, 'maximum_retry_attempts', 185),
        // 0 is how Terraform writes an age that was left out; AWS's least is 60.
        MaximumEventAgeInSeconds: number(retry, 'maximum_event_age_in_seconds', 86_400) || 86_400
      }
}

const readTarget = ({values}: WiredResource): Target => {
  const deadLetter = some(block(values, 'dead_letter_config'), 'arn')
  return {
    Id: text(values, 'target_id'),
    Arn: text(values, 'arn'),
    RoleArn: some(values, 'role_arn'),
    Input: some(values, 'input'),
    InputPath: some(values, 'input_path'),
    InputTransformer: readTransformer(values),
    DeadLetterConfig: deadLetter === undefined ? undefined : {Arn: deadLetter},
    RetryPolicy: readRetryPolicy(values)
  }
}

const readRule = (wiring: Wiring, {values}: WiredResource): Rule => {
  const name = text(values, 'name')
  const bus = busName(some(values, 'event_bus_name'))
  const targets = wiring.ofType('aws_cloudwatch_event_target')
    .filter((target) => text(target.values, 'rule') === name && busName(some(target.values, 'event_bus_name')) === bus)
  return {
    Name: name,
    Arn: text(values, 'arn'),
    EventBusName: bus,
    State: some(values, 'state') ?? 'ENABLED',
    EventPattern: some(values, 'event_pattern'),
    ScheduleExpression: some(values, 'schedule_expression'),
    Description: some(values, 'description'),
    RoleArn: some(values, 'role_arn'),
    targets: targets.map(readTarget)
  }
}

const readArchive = ({values}: WiredResource): Archive => ({
  ArchiveName: text(values, 'name'),
  ArchiveArn: text(values, 'arn'),
  EventSourceArn: text(values, 'event_source_arn'),
  Description: some(values, 'description'),
  EventPattern: some(values, 'event_pattern'),
  RetentionDays: number(values, 'retention_days', 0)
})

/** Key of a rule among all buses. */
export const ruleKey = (bus: string, name: string): string => `${bus}/${name}`

/** The buses of the wiring and the one that every account has. */
export const wiredBuses = (wiring: Wiring): Map<string, Bus> => new Map([
  [DEFAULT_BUS, {Name: DEFAULT_BUS, Arn: busArn(findPlace(wiring), DEFAULT_BUS)}],
  ...wiring.ofType('aws_cloudwatch_event_bus').map(({values}): [string, Bus] =>
    [text(values, 'name'), {Name: text(values, 'name'), Arn: text(values, 'arn'), Description: some(values, 'description')}])
])

export const wiredRules = (wiring: Wiring): Map<string, Rule> => new Map(wiring.ofType('aws_cloudwatch_event_rule')
  .map((resource) => readRule(wiring, resource)).map((rule) => [ruleKey(rule.EventBusName, rule.Name), rule]))

export const wiredArchives = (wiring: Wiring): Map<string, Archive> =>
  new Map(wiring.ofType('aws_cloudwatch_event_archive').map(readArchive).map((archive) => [archive.ArchiveName, archive]))
