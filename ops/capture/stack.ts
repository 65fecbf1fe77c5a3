import {DescribeExecutionCommand, paginateGetExecutionHistory, SFNClient} from '@aws-sdk/client-sfn'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {asObject} from '../../shared/json'
import {fileItems, tableClient} from '../program/file-items'
import type {ClientOptions} from '../program/target'

/** Reads what a stack, or the embedded runtime at an endpoint, knows of a file besides its events. */
export interface StackReader {
  /** The file that an execution is about. Throws if there is no such execution. */
  fileOf: (executionArn: string) => Promise<string>
  /** The items of a file: its record, who asked for it, pushes. */
  records: (fileId: string) => Promise<unknown[]>
  /** The history of each execution that announced itself in the events. */
  histories: (events: readonly EventEnvelope[]) => Promise<Readonly<Record<string, unknown[]>>>
}

const readHistory = async (client: SFNClient, executionArn: string): Promise<unknown[]> => {
  const history: unknown[] = []
  for await (const {events = []} of paginateGetExecutionHistory({client}, {executionArn, maxResults: 1000})) {
    history.push(...events)
  }
  return history
}

const executionsIn = (events: readonly EventEnvelope[]): string[] =>
  [...new Set(events.flatMap(({detail: {executionArn}}) => typeof executionArn === 'string' ? [executionArn] : []))]

export const stackReader = (table: string, options: ClientOptions): StackReader => {
  const [items, executions] = [tableClient(options), new SFNClient(options)]
  return {
    fileOf: async (executionArn) => {
      const {input = '{}'} = await executions.send(new DescribeExecutionCommand({executionArn}))
      return String(asObject(JSON.parse(input))['fileId'])
    },
    records: (fileId) => fileItems(items, table, fileId),
    histories: async (events) => {
      const arns = executionsIn(events)
      return Object.fromEntries(await Promise.all(arns.map(async (arn) => [arn, await readHistory(executions, arn)] as const)))
    }
  }
}
