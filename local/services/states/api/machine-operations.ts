import type {Json} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import {optionalString} from '../../../runtime/core/json'
import type {Operations} from '../../../runtime/core/json-protocol'
import {takePage} from '../../../runtime/core/pages'
import {type ApiParts, foundExecution} from './execution-operations'
import {unspokenIn, unspokenSentence} from '../asl/unspoken'
import type {Machine} from './machines'

const described = ({machines}: ApiParts, machine: Machine): Json => ({...machine, status: 'ACTIVE', creationDate: machines.created(machine.stateMachineArn)})

const forExecution = (parts: ApiParts, input: Json): Json => {
  const execution = foundExecution(parts, input)
  const {name, tracingConfiguration, loggingConfiguration} = parts.machines.machine(execution.machineArn)
  return {
    stateMachineArn: execution.machineArn, name, definition: parts.engine.tables.definition(execution.definition), roleArn: execution.roleArn,
    updateDate: parts.machines.created(execution.machineArn), tracingConfiguration, loggingConfiguration
  }
}

const validated = async (input: Json): Promise<Json> => {
  const definition = optionalString(input, 'definition')
  if (definition === undefined) {
    throw new ServiceError('ValidationException',
      '1 validation error detected: Value null at \'definition\' failed to satisfy constraint: Member must not be null')
  }
  // Loaded at the first call: no part of what starts the runtime.
  const {validateMachine} = await import('../../../../shared/validate-machine')
  const {result, diagnostics, truncated} = validateMachine(definition)
  const unspoken = unspokenIn(definition).map((each) => ({
    severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: unspokenSentence(each), location: each.location
  }))
  return {result: unspoken.length > 0 ? 'FAIL' : result, diagnostics: [...diagnostics, ...unspoken], truncated}
}

const list = (parts: ApiParts, input: Json): Json => {
  const {machines} = parts
  const {items, next} = takePage(machines.all(), Number(input['maxResults'] || 100), optionalString(input, 'nextToken'))
  return {
    stateMachines: items.map(({stateMachineArn, name, type}) => ({stateMachineArn, name, type, creationDate: machines.created(stateMachineArn)})),
    nextToken: next
  }
}

/** The API's operations on state machines: which come with the wiring. */
export const machineOperations = (parts: ApiParts): Operations => ({
  DescribeStateMachine: (input) => described(parts, parts.machines.machine(optionalString(input, 'stateMachineArn') ?? '')),
  DescribeStateMachineForExecution: (input) => forExecution(parts, input),
  ListStateMachines: (input) => list(parts, input),
  ListStateMachineVersions: () => ({stateMachineVersions: []}),
  ListTagsForResource: () => ({tags: []}),
  ValidateStateMachineDefinition: validated
})
