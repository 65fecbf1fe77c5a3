import type {Machine} from 'asl-verify/definition'
import {trustedJson} from '../../../../../shared/json'
import {aws, local} from '../../core/http'
import type {HistoryEvent} from './history'

export interface Execution {
  readonly arn: string
  readonly name: string
  readonly machineArn: string
  readonly status: string
  readonly startedAt: string
  readonly stoppedAt: string | null
  readonly error: string | null
  readonly fileId: string | null
  readonly title: string | null
}

export interface ExecutionPage {
  readonly executions: readonly Execution[]
  readonly next: string | null
}

const pageSize = 200

export const listExecutions = (query: Readonly<Record<string, string>>): Promise<ExecutionPage> =>
  local(`/executions?${new URLSearchParams({limit: String(pageSize), ...query})}`)

export interface Described {
  readonly arn: string
  readonly name: string
  readonly status: string
  readonly startedAt: number
  readonly stoppedAt: number | undefined
  readonly input: string
  readonly output: string | undefined
  readonly error: string | undefined
  readonly cause: string | undefined
}

interface DescribeExecution {
  readonly name: string
  readonly status: string
  readonly startDate: number
  readonly stopDate?: number
  readonly input: string
  readonly output?: string
  readonly error?: string
  readonly cause?: string
}

export const describeExecution = async (arn: string): Promise<Described> => {
  const {name, status, startDate, stopDate, input, output, error, cause} = await aws<DescribeExecution>('states', 'DescribeExecution', {executionArn: arn})
  const stoppedAt = stopDate === undefined ? undefined : stopDate * 1000
  return {arn, name, status, startedAt: startDate * 1000, stoppedAt, input, output, error, cause}
}

export const readHistory = async (arn: string): Promise<HistoryEvent[]> => {
  const events: HistoryEvent[] = []
  let nextToken: string | undefined
  do {
    const input = {executionArn: arn, maxResults: 1000, ...(nextToken !== undefined && {nextToken})}
    const page: {events: HistoryEvent[], nextToken?: string} = await aws('states', 'GetExecutionHistory', input)
    events.push(...page.events)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return events
}

/** The definition that an execution runs by; that of the only machine if none is named. */
export const readMachine = async (arn?: string): Promise<Machine | undefined> => {
  if (arn !== undefined) {
    return trustedJson<Machine>((await aws<{definition: string}>('states', 'DescribeStateMachineForExecution', {executionArn: arn})).definition)
  }
  const {stateMachines: [first]} = await aws<{stateMachines: Array<{stateMachineArn: string}>}>('states', 'ListStateMachines', {})
  return first === undefined
    ? undefined
    : trustedJson<Machine>((await aws<{definition: string}>('states', 'DescribeStateMachine', first)).definition)
}

export const stopExecution = (arn: string): Promise<unknown> =>
  aws('states', 'StopExecution', {executionArn: arn, error: 'Stopped', cause: 'Stopped in the console.'})

export const redriveExecution = (arn: string): Promise<unknown> => aws('states', 'RedriveExecution', {executionArn: arn})
