import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DynamoDBDocumentClient, paginateQuery} from '@aws-sdk/lib-dynamodb'
import {filePartitions} from './file-partitions'
import type {ClientOptions} from './target'

export type Item = Readonly<Record<string, unknown>> & {readonly PK: string, readonly SK: string}

const itemsIn = async (client: DynamoDBDocumentClient, TableName: string, partition: string): Promise<Item[]> => {
  const items: Item[] = []
  const query = {TableName, ConsistentRead: true, KeyConditionExpression: 'PK = :partition', ExpressionAttributeValues: {':partition': partition}}
  for await (const {Items = []} of paginateQuery({client}, query)) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- PK and SK are the table's keys
    items.push(...Items as Item[])
  }
  return items
}

export const tableClient = (options: ClientOptions): DynamoDBDocumentClient => DynamoDBDocumentClient.from(new DynamoDBClient(options))

/** All that a table has of a file: its record, its users, their pushes. */
export const fileItems = async (client: DynamoDBDocumentClient, table: string, fileId: string): Promise<Item[]> =>
  (await Promise.all(filePartitions(fileId).map((partition) => itemsIn(client, table, partition)))).flat()
