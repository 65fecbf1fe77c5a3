import {setTimeout as sleep} from 'node:timers/promises'
import {DisableRuleCommand, EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {paginateListExecutions, SFNClient, StopExecutionCommand} from '@aws-sdk/client-sfn'
import {asObject} from '../../../shared/json'
import {clientOptions} from '../account'
import type {Holdings} from './resources'

/** Executions of a state machine that run. */
export const runningExecutions = async (client: SFNClient, stateMachineArn: string): Promise<string[]> => {
  const found: string[] = []
  for await (const {executions = []} of paginateListExecutions({client}, {stateMachineArn, statusFilter: 'RUNNING'})) {
    found.push(...executions.map(({executionArn}) => executionArn!))
  }
  return found
}

const isGone = (error: unknown): boolean => /ResourceNotFound|ExecutionDoesNotExist|StateMachineDoesNotExist/.test(String(asObject(error)['name']))
const unlessGone = (error: unknown): void => {
  if (!isGone(error)) {
    throw error
  }
}

const stopOnce = async (client: SFNClient, executions: readonly string[]): Promise<void> => {
  for (const executionArn of executions) {
    await client.send(new StopExecutionCommand({executionArn, error: 'StackDestroyed', cause: 'The stack was destroyed.'})).catch(unlessGone)
  }
}

/** Rounds of ListExecutions until none runs: the list follows the executions by seconds. */
const maxRounds = 30

const stopAll = async (client: SFNClient, stateMachineArn: string): Promise<number> => {
  const stopped = new Set<string>()
  for (let round = 0; round < maxRounds; round += 1) {
    const running = await runningExecutions(client, stateMachineArn)
    if (running.length === 0) {
      return stopped.size
    }
    await stopOnce(client, running)
    running.forEach((arn) => stopped.add(arn))
    await sleep(1000)
  }
  throw new Error(`Executions of ${stateMachineArn} still run after ${maxRounds} rounds of stopping them.`)
}

/** Switches every rule off, so that nothing starts any more, then stops what runs. Returns how many executions it stopped. */
export const stopWorkflow = async ({rules, stateMachines}: Pick<Holdings, 'rules' | 'stateMachines'>, region: string): Promise<number> => {
  const events = new EventBridgeClient(clientOptions(region))
  for (const {name, bus} of rules) {
    await events.send(new DisableRuleCommand({Name: name, EventBusName: bus})).catch(unlessGone)
  }
  const states = new SFNClient(clientOptions(region))
  let stopped = 0
  for (const arn of stateMachines) {
    stopped += await stopAll(states, arn).catch((error: unknown) => {
      unlessGone(error)
      return 0
    })
  }
  return stopped
}
