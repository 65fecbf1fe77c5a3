import type {SFNClient} from '@aws-sdk/client-sfn'
import {DescribeExecutionCommand, paginateGetExecutionHistory, paginateListExecutions, paginateListStateMachines, type HistoryEvent} from '@aws-sdk/client-sfn'
import {asObject} from '../../shared/json'
import {arnName} from '../../shared/wiring/arn'
import {historyStory} from './history'
import type {FileFacts, Told} from './records'

/** Each costs a call; StartExecution's names do not tell the file. */
const maxLookedAt = 200

const machineArn = async (client: SFNClient, name: string): Promise<string | undefined> => {
  for await (const {stateMachines = []} of paginateListStateMachines({client}, {})) {
    const found = stateMachines.find((machine) => machine.name === name)
    if (found !== undefined) {
      return found.stateMachineArn
    }
  }
  return undefined
}

const isOfFile = async (client: SFNClient, executionArn: string, fileId: string): Promise<boolean> => {
  const {input = '{}'} = await client.send(new DescribeExecutionCommand({executionArn}))
  return asObject(JSON.parse(input))['fileId'] === fileId
}

interface Found {
  readonly arns: readonly string[]
  readonly isWhole: boolean
}

/** Executions with the file as their input since it was asked for, newest first; only the newest few are read. */
const search = async (client: SFNClient, stateMachineArn: string, fileId: string, since: number): Promise<Found> => {
  const arns: string[] = []
  let looked = 0
  for await (const {executions = []} of paginateListExecutions({client}, {stateMachineArn, maxResults: 100})) {
    for (const {executionArn = '', startDate} of executions) {
      if ((startDate?.getTime() ?? 0) < since) {
        return {arns, isWhole: true}
      }
      if (looked >= maxLookedAt) {
        return {arns, isWhole: false}
      }
      looked += 1
      if (await isOfFile(client, executionArn, fileId)) {
        arns.push(executionArn)
      }
    }
  }
  return {arns, isWhole: true}
}

const readEvents = async (client: SFNClient, executionArn: string): Promise<HistoryEvent[]> => {
  const events: HistoryEvent[] = []
  for await (const page of paginateGetExecutionHistory({client}, {executionArn, maxResults: 1000})) {
    events.push(...page.events ?? [])
  }
  return events
}

/** The story as the workflow's executions know it: all of the file's, also those that lost the claim or failed. */
export const executionsStory = async (client: SFNClient, machineName: string, fileId: string, file: FileFacts): Promise<Told> => {
  const arn = await machineArn(client, machineName)
  if (arn === undefined) {
    throw new Error(`Expected a state machine ${machineName}; there is none. Is the region right (--region), and the suffix (--suffix)?`)
  }
  const {arns, isWhole} = await search(client, arn, fileId, Date.parse(file.requestedAt))
  const all = new Set([...arns, ...(file.claimedBy === undefined ? [] : [file.claimedBy])])
  const stories = await Promise.all([...all].map(async (executionArn) => historyStory(await readEvents(client, executionArn), arnName(executionArn))))
  return {
    entries: stories.flat(),
    notes: [
      ...(isWhole ? [] : [`Only the last ${maxLookedAt} executions were looked at${file.claimedBy === undefined ? '' : ', and the one that has the file'}.`]),
      ...(all.size === 0 ? ['No execution of the workflow has this file as its input.'] : [])
    ]
  }
}
