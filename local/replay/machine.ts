import {createHash} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {begin} from '../services/states/engine/engine'
import type {Execution} from '../services/states/engine/model'
import type {Engine} from '../services/states/engine/run'
import {parts} from '../services/states/engine/step'
import type {Tables} from '../services/states/engine/tables'
import type {TaskCall} from '../services/states/integrations/call'
import type {Clock, Observe} from '../runtime/core/types'
import {text} from '../../shared/wiring/values'
import type {Wiring} from '../../shared/wiring/wiring'
import {findPlace} from '../../shared/wiring/place'

/** The workflows of a wiring, run by the engine of the embedded runtime, with nothing kept. */
export interface Machines {
  /** Starts an execution, unless one of that name was there. */
  start: (machineArn: string, name: string, input: string) => void
  forget: () => void
}

export interface MachineDeps {
  readonly wiring: Wiring
  readonly clock: Clock
  readonly observe: Observe
  readonly perform: (call: TaskCall) => Promise<unknown>
}

/** Executions live as long as they run, and their histories are read by no one. */
const memoryTables = (): Tables & {clear: () => void} => {
  const executions = new Map<string, Execution>()
  const definitions = new Map<string, string>()
  return {
    keepsHistory: false,
    putExecution: (execution) => { executions.set(execution.arn, execution) },
    execution: (arn) => executions.get(arn),
    running: () => [...executions.values()].filter(({status}) => status === 'RUNNING'),
    executionsOf: () => [...executions.values()],
    purge: () => undefined,
    putDefinition: (definition) => {
      const digest = createHash('sha256').update(definition).digest('hex')
      definitions.set(digest, definition)
      return digest
    },
    definition: (digest) => definitions.get(digest) ?? '{}',
    putFrame: () => undefined,
    deleteFrame: () => undefined,
    frames: () => [],
    addEvent: () => undefined,
    events: () => [],
    eventCount: () => 0,
    clear: () => executions.clear()
  }
}

/** Nothing is written, so there is nothing to begin, to commit or to roll back: every change is part of a transaction that is open already. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- `transaction` looks at this member alone
const noStore = {isTransaction: true} as unknown as DatabaseSync

const unreachable = (): never => {
  throw new Error('Expected a shadow to reach services by its own doors alone.')
}

export const createMachines = ({wiring, clock, observe, perform}: MachineDeps): Machines => {
  const tables = memoryTables()
  const machines = new Map(wiring.ofType('aws_sfn_state_machine').map(({values}) =>
    [text(values, 'arn'), {roleArn: text(values, 'role_arn'), definition: tables.putDefinition(text(values, 'definition'))}]))
  let count = 0
  const newId = (): string => `shadow-${++count}`
  const engine: Engine = {
    deps: {clock, db: noStore, observe, wiring, invoke: unreachable, putEvents: unreachable, endpoint: unreachable, random: () => 1, newId},
    parts, tables, runs: new Map(), region: findPlace(wiring).region, random: () => 1, newId, perform, stopped: false
  }
  return {
    start: (machineArn, name, input) => {
      const machine = machines.get(machineArn)
      const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`
      if (machine !== undefined && tables.execution(arn) === undefined) {
        begin(engine, {arn, machineArn, name, input, ...machine, started: clock.now(), status: 'RUNNING', redrives: 0})
      }
    },
    forget: () => {
      engine.runs.clear()
      tables.clear()
    }
  }
}
