import {randomUUID} from 'node:crypto'
import {unwatched} from '../../runtime/core/clock'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import type {StatesService} from '../../runtime/core/types'
import {findPlace} from '../../../shared/wiring/place'
import {executionOperations} from './api/execution-operations'
import {machineOperations} from './api/machine-operations'
import {createMachines, type Machines} from './api/machines'
import {createStart} from './api/start'
import {tokenOperations} from './api/token-operations'
import type {StatesDeps} from './deps'
import {halt, resume} from './engine/engine'
import {RETENTION} from './engine/model'
import type {Engine} from './engine/run'
import {parts} from './engine/step'
import {openTables} from './engine/tables'
import {createPerform} from './integrations/perform'
import {preload} from './integrations/sdk'

const called = new Map(['dynamodb', 'sqs', 'sns', 's3'].map((service) => [service, new RegExp(`:states:::(?:aws-sdk:)?${service}:`)]))

/** A first call should not wait for its client to load. */
const preloadClients = (machines: Machines): void => called.forEach((pattern, service) => {
  if (machines.all().some(({definition}) => pattern.test(definition))) {
    preload(service)
  }
})

/** AWS Step Functions, Standard workflows: https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html */
export const createStates = (deps: StatesDeps): StatesService => {
  const {activity = unwatched} = deps
  const machines = createMachines(deps)
  const {region} = findPlace(deps.wiring)
  const perform = createPerform(deps, region, (input) => startExecution(input))
  const engine: Engine = {
    deps,
    parts,
    tables: openTables(deps.db),
    runs: new Map(),
    region,
    random: deps.random ?? Math.random,
    newId: deps.newId ?? randomUUID,
    perform: (call) => activity.during(perform(call)),
    stopped: false
  }
  const startExecution = createStart(engine, machines)
  const operationDeps = {engine, machines, startExecution}
  const operations: Operations = {...executionOperations(operationDeps), ...machineOperations(operationDeps), ...tokenOperations(engine)}
  return {
    signingName: 'states',
    startExecution,
    handle: (request, response) => answerJson(request, response, operations),
    start: () => {
      preloadClients(machines)
      engine.tables.purge(deps.clock.now() - RETENTION)
      resume(engine)
    },
    stop: () => halt(engine)
  }
}
