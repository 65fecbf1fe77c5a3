import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DeleteObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {DeleteCommand, DynamoDBDocumentClient, paginateQuery} from '@aws-sdk/lib-dynamodb'
import {filePartitions} from '../program/file-partitions'
import type {Options} from './options'

type Item = Readonly<Record<string, unknown>> & {readonly PK: string, readonly SK: string}

/** Always there, whoever cleans up. */
const kept = 'in the archive the events, in CloudWatch the logs and metrics, in Step Functions the execution; each goes with its retention'

const clientOptions = ({isLoopback, endpoint, region}: Options) => isLoopback
  ? {region, endpoint: endpoint.origin, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}, forcePathStyle: true}
  : {region}

const itemsIn = async (client: DynamoDBDocumentClient, table: string, partition: string): Promise<Item[]> => {
  const items: Item[] = []
  const pages = paginateQuery({client}, {
    TableName: table, ConsistentRead: true, KeyConditionExpression: 'PK = :partition', ExpressionAttributeValues: {':partition': partition}
  })
  for await (const {Items = []} of pages) {
    items.push(...Items as Item[])
  }
  return items
}

const itemsOf = async (client: DynamoDBDocumentClient, table: string, fileId: string): Promise<Item[]> =>
  (await Promise.all(filePartitions(fileId).map((partition) => itemsIn(client, table, partition)))).flat()

/** Deletes the file's object and its records. Throws where somebody else wants the file too: it is no longer ours alone. */
const erase = async (options: Options, {table, bucket}: NonNullable<Options['store']>, fileId: string): Promise<string> => {
  const settings = clientOptions(options)
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings))
  const items = await itemsOf(client, table, fileId)
  const users = items.filter(({SK}) => SK.startsWith('USER#')).length
  if (users > 1) {
    throw new Error(`Expected nobody else to want ${fileId}; ${users} users do. It stays.`)
  }
  const key = items.find(({SK}) => SK === 'FILE')?.['s3Key']
  if (typeof key === 'string') {
    await new S3Client(settings).send(new DeleteObjectCommand({Bucket: bucket, Key: key}))
  }
  for (const {PK, SK} of items) {
    await client.send(new DeleteCommand({TableName: table, Key: {PK, SK}}))
  }
  return `deleted ${key === undefined ? '' : 'the object and '}${items.length} records`
}

export interface Cleaned {
  readonly detail: string
  /** What stays behind, in words. */
  readonly left: readonly string[]
}

/** Cleans up as far as the options allow, and says what stays. */
export const cleanUp = async (options: Options, fileId: string): Promise<Cleaned> => {
  if (options.store === undefined) {
    return {
      detail: 'the HTTP API can forget nothing; --table and --bucket would clean up',
      left: [`in the table the records of ${fileId}, in the bucket its object`, kept]
    }
  }
  return {detail: await erase(options, options.store, fileId), left: [kept]}
}
