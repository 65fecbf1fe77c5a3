import {isObject, type Json, objectsIn} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import type {Bus} from './model'
import {busName} from './names'
import type {Registry} from './registry'

const VERSION = '2012-10-17'

const bus = {type: 'string', min: 1, max: 256, pattern: '[\\.\\-_A-Za-z0-9]+'} as const
const members = {
  EventBusName: bus,
  Action: {type: 'string', min: 1, max: 64, pattern: 'events:[a-zA-Z]+'},
  Principal: {type: 'string', min: 1, max: 12, pattern: '(\\d{12}|\\*)'},
  StatementId: {type: 'string', min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+'},
  Condition: {type: 'object'},
  Policy: {type: 'string'}
} as const

const statementsOf = ({Policy}: Bus): Json[] => {
  const policy: unknown = JSON.parse(Policy ?? '{}')
  return objectsIn(isObject(policy) ? policy['Statement'] : undefined)
}

const policyOf = (statements: readonly Json[]): string | undefined =>
  statements.length === 0 ? undefined : JSON.stringify({Version: VERSION, Statement: statements})

const readPolicy = (text: string): string => {
  try {
    const policy: unknown = JSON.parse(text)
    if (isObject(policy) && policy['Statement'] !== undefined) {
      return text
    }
  } catch { /* answered below, as for what is JSON but no policy */ }
  throw new ServiceError('ValidationException', 'Parameter Policy is not valid. Reason: Expected the JSON of a policy with statements.')
}

const condition = (value: unknown): Json => {
  const {Type, Key, Value} = isObject(value) ? value : {}
  return typeof Type === 'string' && typeof Key === 'string' ? {Condition: {[Type]: {[Key]: Value}}} : {}
}

const statement = (registry: Registry, input: Json, {Arn}: Bus): Json => {
  const [Action, Principal, Sid] = ['Action', 'Principal', 'StatementId'].map((name) => optionalString(input, name))
  if (Action === undefined || Principal === undefined || Sid === undefined) {
    throw new ServiceError('ValidationException', 'Parameter(s) Action, Principal and StatementId must be specified, or Policy.')
  }
  const account = {AWS: `arn:${registry.place.partition}:iam::${Principal}:root`}
  return {Sid, Effect: 'Allow', Principal: Principal === '*' ? '*' : account, Action, Resource: Arn, ...condition(input['Condition'])}
}

const putPermission = (registry: Registry, input: Json): Json => {
  checkConstraints(input, members)
  const found = registry.bus(busName(optionalString(input, 'EventBusName')))
  const policy = optionalString(input, 'Policy')
  const added = policy === undefined ? statement(registry, input, found) : {}
  const Policy = policy === undefined
    ? policyOf([...statementsOf(found).filter(({Sid}) => Sid !== added['Sid']), added])
    : readPolicy(policy)
  registry.buses.put(found.Name, {...found, Policy})
  return {}
}

const removePermission = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {EventBusName: bus, StatementId: members.StatementId, RemoveAllPermissions: {type: 'boolean'}})
  const found = registry.bus(busName(optionalString(input, 'EventBusName')))
  if (input['RemoveAllPermissions'] === true) {
    registry.buses.put(found.Name, {...found, Policy: undefined})
    return {}
  }
  const statements = statementsOf(found)
  const rest = statements.filter(({Sid}) => Sid !== input['StatementId'])
  if (rest.length === statements.length) {
    throw new ServiceError('ResourceNotFoundException', 'Statement with the provided id does not exist.')
  }
  registry.buses.put(found.Name, {...found, Policy: policyOf(rest)})
  return {}
}

/** The resource policy of a bus. It is kept and shown: here all callers are one account. */
export const policyOperations = (registry: Registry): Operations => ({
  PutPermission: (input) => putPermission(registry, input),
  RemovePermission: (input) => removePermission(registry, input)
})
