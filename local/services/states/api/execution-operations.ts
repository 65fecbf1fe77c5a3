import {isObject, type Json} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import {optionalString} from '../../../runtime/core/json'
import type {Operations} from '../../../runtime/core/json-protocol'
import {takePage} from '../../../runtime/core/pages'
import type {StatesService} from '../../../runtime/core/types'
import {abort, redrive} from '../engine/engine'
import {type Execution, MAX_EVENTS} from '../engine/model'
import type {Engine} from '../engine/run'
import type {HistoryEvent} from '../engine/tables'
import type {Machines} from './machines'

export interface ApiParts {
  readonly engine: Engine
  readonly machines: Machines
  readonly startExecution: StatesService['startExecution']
}

const REDRIVE_DAYS = 14

/** Throws InvalidArn or ExecutionDoesNotExist. */
export const foundExecution = ({engine}: ApiParts, input: Json): Execution => {
  const arn = optionalString(input, 'executionArn') ?? ''
  if (!/^arn:[^:]+:states:[^:]*:[^:]*:execution:/.test(arn)) {
    throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`)
  }
  const execution = engine.tables.execution(arn)
  if (execution === undefined) {
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
  }
  return execution
}

const seconds = (at: number | undefined): number | undefined => at === undefined ? undefined : at / 1000

const listed = ({arn, machineArn, name, status, started, stopped, redrives, redriven}: Execution): Json => ({
  executionArn: arn, stateMachineArn: machineArn, name, status, startDate: seconds(started), stopDate: seconds(stopped),
  redriveCount: redrives, redriveDate: seconds(redriven)
})

const whyNot = ({engine}: ApiParts, {status, stopped = 0, arn}: Execution): string | undefined => {
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    return `Execution is ${status} and cannot be redriven`
  }
  if (engine.deps.clock.now() - stopped > REDRIVE_DAYS * 86_400_000) {
    return 'Execution was closed more than 14 days ago and cannot be redriven'
  }
  return engine.tables.eventCount(arn) >= MAX_EVENTS - 1 ? 'Execution history event limit exceeded' : undefined
}

const describe = (parts: ApiParts, execution: Execution): Json => {
  const {input, output, error, cause} = execution
  const reason = whyNot(parts, execution)
  return {
    ...listed(execution), input, inputDetails: {included: true}, ...(output !== undefined && {output, outputDetails: {included: true}}),
    ...(error && {error}), ...(cause && {cause}),
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE', redriveStatusReason: reason
  }
}

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']

const list = ({engine, machines}: ApiParts, input: Json): Json => {
  const {stateMachineArn} = machines.machine(optionalString(input, 'stateMachineArn') ?? '')
  const status = optionalString(input, 'statusFilter')
  if (status !== undefined && !STATUSES.includes(status)) {
    throw new ServiceError('ValidationException', `1 validation error detected: Value '${status}' at 'statusFilter' failed to satisfy constraint: `
      + `Member must satisfy enum value set: [${STATUSES.join(', ')}]`)
  }
  const {items, next} = takePage(engine.tables.executionsOf(stateMachineArn, status), limit(input, 100), optionalString(input, 'nextToken'))
  return {executions: items.map(listed), nextToken: next}
}

const limit = (input: Json, most: number): number => {
  const value = Number(input['maxResults'] ?? 0)
  if (!Number.isInteger(value) || value < 0 || value > 1000) {
    throw new ServiceError('ValidationException', `1 validation error detected: Value '${String(input['maxResults'])}' at 'maxResults' failed to satisfy constraint: `
      + 'Member must have value between 0 and 1000')
  }
  return value === 0 ? most : value
}

const dataMembers = new Set(['input', 'output', 'parameters'])

const withoutData = (event: HistoryEvent): HistoryEvent => ({...event, ...Object.fromEntries(Object.entries(event).flatMap(([name, value]) =>
  isObject(value) ? [[name, Object.fromEntries(Object.entries(value).filter(([member]) => !dataMembers.has(member)))]] : []))})

const history = (parts: ApiParts, input: Json): Json => {
  const events = parts.engine.tables.events(foundExecution(parts, input).arn)
  const ordered = input['reverseOrder'] === true ? events.reverse() : events
  const {items, next} = takePage(ordered, limit(input, 100), optionalString(input, 'nextToken'))
  return {events: input['includeExecutionData'] === false ? items.map(withoutData) : items, nextToken: next}
}

const stop = (parts: ApiParts, input: Json): Json => {
  const {arn} = foundExecution(parts, input)
  abort(parts.engine, arn, optionalString(input, 'error'), optionalString(input, 'cause'))
  return {stopDate: seconds(parts.engine.tables.execution(arn)?.stopped)}
}

const redriven = (parts: ApiParts, input: Json): Json => {
  const execution = foundExecution(parts, input)
  const reason = whyNot(parts, execution)
  if (reason !== undefined) {
    throw new ServiceError('ExecutionNotRedrivable', `${reason}: '${execution.arn}'`)
  }
  return {redriveDate: seconds(redrive(parts.engine, execution).redriven)}
}

const start = ({startExecution}: ApiParts, input: Json): Json => {
  const name = optionalString(input, 'name')
  const given = input['input']
  if (given !== undefined && given !== null && typeof given !== 'string') {
    throw new ServiceError('SerializationException', 'Expected \'input\' to be a string.')
  }
  return startExecution({stateMachineArn: optionalString(input, 'stateMachineArn') ?? '', input: given ?? '{}', ...(name !== undefined && {name})})
}

/** The API's operations on executions. */
export const executionOperations = (parts: ApiParts): Operations => ({
  StartExecution: (input) => start(parts, input),
  DescribeExecution: (input) => describe(parts, foundExecution(parts, input)),
  ListExecutions: (input) => list(parts, input),
  GetExecutionHistory: (input) => history(parts, input),
  StopExecution: (input) => stop(parts, input),
  RedriveExecution: (input) => redriven(parts, input)
})
