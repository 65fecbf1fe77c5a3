import {DeleteObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {DeleteCommand} from '@aws-sdk/lib-dynamodb'
import {fileItems, tableClient} from '../program/file-items'
import type {Options} from './options'

/** Left by every run. */
const kept = 'in the archive the events, in CloudWatch the logs and metrics, in Step Functions the execution; each goes with its retention'

const clientOptions = ({isLoopback, endpoint, region}: Options) => isLoopback
  ? {region, endpoint: endpoint.origin, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}, forcePathStyle: true}
  : {region}

/** Deletes the file's object and its records. Throws if someone else wants the file too. */
const erase = async (options: Options, {table, bucket}: NonNullable<Options['store']>, fileId: string): Promise<string> => {
  const settings = clientOptions(options)
  const client = tableClient(settings)
  const items = await fileItems(client, table, fileId)
  const users = items.filter(({SK}) => SK.startsWith('USER#')).length
  if (users > 1) {
    throw new Error(`${users} users want ${fileId}, not this test alone. It stays.`)
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
