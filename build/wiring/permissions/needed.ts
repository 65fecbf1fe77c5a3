import {asObject, objectsIn} from '../../../shared/json'
import type {Place} from '../../../shared/wiring/place'
import type {Call} from '../call'
import {type Needed, restOperation} from './rest'

export type Fields = Readonly<Record<string, unknown>>

/** IAM's prefix of a service whose signing name is another. */
const prefixes: Readonly<Record<string, string>> = {monitoring: 'cloudwatch'}

/** Actions that IAM knows by another name than the operation's: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html */
const renamed = (action: string): string => action
  .replace(/^budgets:Describe\w+$/, 'budgets:ViewBudget')
  .replace(/^budgets:(Create|Update|Delete)\w+$/, 'budgets:ModifyBudget')

const jsonFields = (body: string): Fields => {
  try {
    return asObject(JSON.parse(body || '{}'))
  } catch {
    return {}
  }
}

/** Operation and fields of the protocols that name their operation: AWS JSON in a header, AWS Query in the body. */
const named = ({headers, body}: Call): readonly [string, Fields] | undefined => {
  const target = headers['x-amz-target']
  if (typeof target === 'string') {
    return [target.slice(target.lastIndexOf('.') + 1), jsonFields(body.toString('utf8'))]
  }
  const form = new URLSearchParams(body.toString('utf8'))
  const operation = form.get('Action')
  return operation === null ? undefined : [operation, Object.fromEntries(form)]
}

const text = (value: unknown): string => typeof value === 'string' ? value : ''

type ResourceOf = (fields: Fields, arn: (service: string, resource: string) => string) => string

const queue: ResourceOf = ({QueueName, QueueUrl}, arn) => arn('sqs', text(QueueName) || text(QueueUrl).split('/').at(-1) || '')
const rule: ResourceOf = ({Name, Rule, EventBusName = 'default'}, arn) =>
  arn('events', `rule/${EventBusName === 'default' ? '' : `${text(EventBusName)}/`}${text(Rule) || text(Name)}`)
const logGroup: ResourceOf = ({logGroupName, resourceArn}, arn) => text(resourceArn) || arn('logs', `log-group:${text(logGroupName)}`)

/** IAM looks at the key that an alias stands for, whose id no one knows beforehand. */
const key: ResourceOf = ({KeyId}, arn) => text(KeyId).includes(':key/') ? text(KeyId) : arn('kms', `key/${text(KeyId).split(/[:/]/).at(-1)}`)

/** The resource of an operation by its fields, as the Service Authorization Reference has it: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const resources: Readonly<Record<string, ResourceOf>> = {
  dynamodb: ({TableName, ResourceArn}, arn) => text(ResourceArn) || arn('dynamodb', `table/${text(TableName)}`),
  sqs: queue,
  kms: key,
  ssm: ({Name}, arn) => arn('ssm', `parameter${text(Name)}`),
  logs: logGroup,
  states: ({stateMachineArn, resourceArn, name}, arn) => text(stateMachineArn) || text(resourceArn) || arn('states', `stateMachine:${text(name)}`),
  sns: ({TopicArn, ResourceArn, PlatformApplicationArn, SubscriptionArn, Name}, arn) =>
    text(TopicArn) || text(ResourceArn) || text(PlatformApplicationArn) || text(SubscriptionArn) || arn('sns', text(Name)),
  budgets: ({BudgetName, Budget, NewBudget, ResourceARN}, arn) =>
    text(ResourceARN) || arn('budgets', `budget/${text(BudgetName) || text(asObject(Budget ?? NewBudget)['BudgetName'])}`).replace(/:budgets:[^:]*:/, ':budgets::'),
  iam: ({RoleName, UserName}, arn) => arn('iam', UserName === undefined ? `role/${text(RoleName)}` : `user/${text(UserName)}`).replace(/:iam:[^:]*:/, ':iam::'),
  monitoring: ({ResourceARN, AlarmName, DashboardName, ...more}, arn) => {
    const dashboard = text(DashboardName) || text(more['DashboardNames.member.1'])
    return text(ResourceARN) || (dashboard === ''
      ? arn('cloudwatch', `alarm:${text(AlarmName) || text(more['AlarmNames.member.1'])}`)
      : arn('cloudwatch', `dashboard/${dashboard}`).replace(/:cloudwatch:[^:]*:/, ':cloudwatch::'))
  },
  events: (fields, arn) => {
    const {ArchiveName, ResourceARN, Name, Rule, ScheduleExpression, EventPattern, EventBusName} = fields
    const isRule = [Rule, ScheduleExpression, EventPattern].some((field) => field !== undefined) || (Name !== undefined && EventBusName !== undefined)
    return text(ResourceARN) || (ArchiveName === undefined
      ? isRule ? rule(fields, arn) : arn('events', `event-bus/${text(Name) || text(EventBusName)}`)
      : arn('events', `archive/${text(ArchiveName)}`))
  }
}

/** Operations that know no resource, or are asked before there is one. */
const withoutResource = new Set([
  'cloudwatch:DescribeAlarms', 'logs:DescribeLogGroups', 'sns:CreatePlatformApplication', 'sns:DeletePlatformApplication', 'states:ValidateStateMachineDefinition'
])

/** Operations that everybody may call. */
const free = new Set(['sts:GetCallerIdentity', 'iam:GetUser'])

/** Roles that a call hands to a service. */
const handedOn = (fields: Fields): Needed[] => {
  return [fields['Role'], fields['roleArn'], ...objectsIn(fields['Targets']).map((target) => target['RoleArn'])]
    .filter((role) => typeof role === 'string' && role.includes(':role/'))
    .map((role) => ({action: 'iam:PassRole', resource: String(role)}))
}

/** What a recorded call needs by IAM. Throws if nothing is known of it: then it has to be described here. */
export const neededFor = (service: string, call: Call, {partition, region, account}: Place): Needed[] => {
  const arn = (name: string, resource: string): string => `arn:${partition}:${name}:${region}:${account}:${resource}`
  const rest = restOperation(service, call, arn, partition)
  if (rest !== undefined) {
    return [rest, ...handedOn(jsonFields(call.body.toString('utf8')))]
  }
  const found = named(call)
  if (found === undefined) {
    throw new Error(`Expected to know what ${service} ${call.method} ${call.url.pathname}${call.url.search} needs; describe it in build/wiring/permissions.`)
  }
  const [operation, fields] = found
  const action = renamed(`${prefixes[service] ?? service}:${operation}`)
  if (free.has(action)) {
    return []
  }
  const resourceOf = resources[service]
  if (resourceOf === undefined && !withoutResource.has(action)) {
    throw new Error(`Expected to know the resource of ${action}; describe it in build/wiring/permissions/needed.ts.`)
  }
  return [{action, resource: withoutResource.has(action) ? '*' : resourceOf!(fields, arn)}, ...handedOn(fields)]
}
