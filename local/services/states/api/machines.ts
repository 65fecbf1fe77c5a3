import {openDocuments} from '../../../runtime/core/documents'
import {ServiceError} from '../../../runtime/core/errors'
import {transaction} from '../../../runtime/core/store'
import {block, text} from '../../../../shared/wiring/values'
import type {StatesDeps} from '../deps'

/** A state machine, as the API names its members. */
export interface Machine {
  readonly stateMachineArn: string
  readonly name: string
  readonly definition: string
  readonly roleArn: string
  readonly type: string
  readonly tracingConfiguration: {readonly enabled: boolean}
  readonly loggingConfiguration: {readonly level: string, readonly includeExecutionData: boolean}
}

export interface Machines {
  all: () => readonly Machine[]
  /** Throws InvalidArn or StateMachineDoesNotExist. */
  machine: (arn: string) => Machine
  /** When this runtime first saw it, epoch seconds. */
  created: (arn: string) => number
}

const wiredMachines = ({wiring}: StatesDeps): Map<string, Machine> => new Map(wiring.ofType('aws_sfn_state_machine').map(({values}) => [text(values, 'arn'), {
  stateMachineArn: text(values, 'arn'),
  name: text(values, 'name'),
  definition: text(values, 'definition'),
  roleArn: text(values, 'role_arn'),
  type: text(values, 'type') || 'STANDARD',
  tracingConfiguration: {enabled: block(values, 'tracing_configuration')['enabled'] === true},
  loggingConfiguration: {
    level: text(block(values, 'logging_configuration'), 'level') || 'OFF',
    includeExecutionData: block(values, 'logging_configuration')['include_execution_data'] === true
  }
}]))

/** The state machines of the wiring. A version or alias behind the ARN makes no difference. */
export const createMachines = (deps: StatesDeps): Machines => {
  const machines = openDocuments<Machine>(deps.db, 'states_machines')
  const dates = openDocuments<number>(deps.db, 'states_machine_dates')
  transaction(deps.db, () => {
    machines.deploy(wiredMachines(deps))
    machines.all().filter(({stateMachineArn}) => dates.get(stateMachineArn) === undefined)
      .forEach(({stateMachineArn}) => dates.put(stateMachineArn, deps.clock.now() / 1000))
  })
  return {
    all: () => machines.all(),
    machine: (arn) => {
      if (!/^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:/.test(arn)) {
        throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`)
      }
      const found = machines.get(arn) ?? machines.get(arn.split(':').slice(0, 7).join(':'))
      if (found === undefined) {
        throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
      }
      return found
    },
    created: (arn) => dates.get(arn) ?? 0
  }
}
