import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DescribeExecutionCommand, paginateGetExecutionHistory, SFNClient} from '@aws-sdk/client-sfn'
import {DynamoDBDocumentClient, paginateQuery} from '@aws-sdk/lib-dynamodb'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {filePartitions} from '../program/file-partitions'

/** Reads what a stack, or the embedded runtime at an endpoint, knows of a file besides its events. */
export interface StackReader {
  /** The file that an execution is about. Throws where there is no such execution. */
  fileOf: (executionArn: string) => Promise<string>
  /** The items of a file: its record, who asked for it, pushes. */
  records: (fileId: string) => Promise<unknown[]>
  /** The history of each execution that announced itself in the events. */
  histories: (events: readonly EventEnvelope[]) => Promise<Readonly<Record<string, unknown[]>>>
}

const localSettings = (endpoint: string) => ({endpoint, region: 'us-west-2', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}, maxAttempts: 1})

const historyOf = async (client: SFNClient, executionArn: string): Promise<unknown[]> => {
  const history: unknown[] = []
  for await (const {events = []} of paginateGetExecutionHistory({client}, {executionArn, maxResults: 1000})) {
    history.push(...events)
  }
  return history
}

const itemsIn = async (client: DynamoDBDocumentClient, table: string, partition: string): Promise<unknown[]> => {
  const found: unknown[] = []
  const query = {TableName: table, KeyConditionExpression: 'PK = :partition', ExpressionAttributeValues: {':partition': partition}}
  for await (const {Items = []} of paginateQuery({client}, query)) {
    found.push(...Items)
  }
  return found
}

const executionsIn = (events: readonly EventEnvelope[]): string[] =>
  [...new Set(events.flatMap(({detail: {executionArn}}) => typeof executionArn === 'string' ? [executionArn] : []))]

export const stackReader = (table: string, endpoint?: string): StackReader => {
  const settings = endpoint === undefined ? {} : localSettings(endpoint)
  const [items, executions] = [DynamoDBDocumentClient.from(new DynamoDBClient(settings)), new SFNClient(settings)]
  return {
    fileOf: async (executionArn) => {
      const {input = '{}'} = await executions.send(new DescribeExecutionCommand({executionArn}))
      return String((JSON.parse(input) as {readonly fileId?: unknown}).fileId)
    },
    records: async (fileId) => (await Promise.all(filePartitions(fileId).map((partition) => itemsIn(items, table, partition)))).flat(),
    histories: async (events) => {
      const arns = executionsIn(events)
      return Object.fromEntries(await Promise.all(arns.map(async (arn) => [arn, await historyOf(executions, arn)] as const)))
    }
  }
}
