import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {SFNClient} from '@aws-sdk/client-sfn'
import {DynamoDBDocumentClient, paginateQuery} from '@aws-sdk/lib-dynamodb'
import {filePartitions} from '../program/file-partitions'
import {cloudWatchLogs} from './cloudwatch-logs'
import {type Entry, inOrder} from './entry'
import {executionsStory} from './executions'
import {folderLogs} from './folder-logs'
import {logsStory} from './log-lines'
import type {Options} from './options'
import {factsOf, recordsStory} from './records'

/** What happened, and what could not be told. */
export interface Timeline {
  readonly fileId: string
  readonly entries: readonly Entry[]
  readonly notes: readonly string[]
}

const settingsOf = ({endpoint, region}: Options) => endpoint === undefined
  ? {region}
  : {region, endpoint, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}, maxAttempts: 1}

const itemsIn = async (client: DynamoDBDocumentClient, TableName: string, partition: string): Promise<Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = []
  const query = {TableName, ConsistentRead: true, KeyConditionExpression: 'PK = :partition', ExpressionAttributeValues: {':partition': partition}}
  for await (const {Items = []} of paginateQuery({client}, query)) {
    items.push(...Items)
  }
  return items
}

const itemsOf = async (client: DynamoDBDocumentClient, TableName: string, fileId: string): Promise<Record<string, unknown>[]> =>
  (await Promise.all(filePartitions(fileId).map((partition) => itemsIn(client, TableName, partition)))).flat()

/** Reads all there is about a file. Throws where there is no such file. */
export const tell = async (options: Options): Promise<Timeline> => {
  const {fileId, suffix, region, endpoint, data} = options
  const settings = settingsOf(options)
  const items = await itemsOf(DynamoDBDocumentClient.from(new DynamoDBClient(settings)), `MediaDownloader${suffix}`, fileId)
  const file = factsOf(items)
  if (file === undefined) {
    throw new Error(`Expected a file ${fileId} in the table MediaDownloader${suffix}; there is none.`)
  }
  const records = recordsStory(items)
  const [executions, logs] = await Promise.all([
    executionsStory(new SFNClient(settings), `FileDownloadWorkflow${suffix}`, fileId, file),
    endpoint === undefined ? cloudWatchLogs(region, suffix, fileId, file) : folderLogs(data)
  ])
  return {
    fileId,
    entries: inOrder([...records.entries, ...executions.entries, ...logsStory(logs.lines, fileId, file.correlationId)]),
    notes: [...records.notes, ...executions.notes, ...logs.notes]
  }
}
