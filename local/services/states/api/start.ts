import {describeError} from '../../../../shared/errors'
import {ServiceError} from '../../../runtime/core/errors'
import type {StatesService} from '../../../runtime/core/types'
import {unspokenIn, unspokenSentence} from '../asl/unspoken'
import {begin} from '../engine/engine'
import {type Execution, MAX_BYTES, RETENTION} from '../engine/model'
import type {Engine} from '../engine/run'
import type {Machines} from './machines'

type Input = Parameters<StatesService['startExecution']>[0]

const checkName = (name: string): void => {
  if (name.length < 1 || name.length > 80 || !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]+$/.test(name)) {
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`)
  }
}

const checkInput = (input: string): void => {
  if (Buffer.byteLength(input) > MAX_BYTES) {
    throw new ServiceError('ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BYTES}`)
  }
  try {
    JSON.parse(input)
  } catch (error) {
    const reason = input.trim() === '' ? 'Invalid execution input.' : describeError(error)
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`)
  }
}

const answer = ({arn, started}: Execution) => ({executionArn: arn, startDate: started / 1000})

const executionArn = (machineArn: string, name: string): string => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`

/** A name is free again once its execution has been over for 90 days. */
const knownExecution = ({tables, deps: {clock}}: Engine, arn: string): Execution | undefined => {
  const known = tables.execution(arn)
  if (known?.stopped === undefined || known.stopped >= clock.now() - RETENTION) {
    return known
  }
  tables.purge(clock.now() - RETENTION)
  return undefined
}

/** StartExecution: the same name and input find the execution that runs already. Throws ServiceError. */
export const createStart = (engine: Engine, machines: Machines): StatesService['startExecution'] => ({stateMachineArn, name = engine.newId(), input}: Input) => {
  const machine = machines.machine(stateMachineArn)
  checkName(name)
  checkInput(input)
  const arn = executionArn(machine.stateMachineArn, name)
  const known = knownExecution(engine, arn)
  if (known?.status === 'RUNNING' && known.input === input) {
    return answer(known)
  }
  if (known !== undefined) {
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
  }
  const [unspoken] = unspokenIn(machine.definition)
  if (unspoken !== undefined) {
    throw new ServiceError('InvalidDefinition', unspokenSentence(unspoken))
  }
  const execution: Execution = {
    arn, machineArn: machine.stateMachineArn, name, roleArn: machine.roleArn, definition: engine.tables.putDefinition(machine.definition),
    input, started: engine.deps.clock.now(), status: 'RUNNING', redrives: 0
  }
  begin(engine, execution)
  return answer(execution)
}
