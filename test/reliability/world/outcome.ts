import {ListMultipartUploadsCommand, ListObjectsV2Command, ListPartsCommand} from '@aws-sdk/client-s3'
import {DeleteMessageBatchCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {GetCommand} from '@aws-sdk/lib-dynamodb'
import type {FileRecord} from '../../../src/types/domain'
import {fileKey} from '../../../src/util/files/keys'
import {bucketName, tableName} from '../../helpers/wiring'
import type {World} from './world'

/** What became of a file, from all sides. */
export interface Outcome {
  readonly status: FileRecord['status'] | 'none'
  readonly error?: string
  readonly objects: number
  /** Pushes as devices show them: those about one file replace one another. */
  readonly pushes: readonly string[]
  /** Pushes that were sent, repetitions included. */
  readonly sent: number
}

interface Push {
  readonly targetArn: string
  readonly message: unknown
}

const titleOf = ({message}: Push): string => String((message as {aps?: {alert?: {title?: string}}}).aps?.alert?.title)

/** One title a device: a repetition replaces its equal. */
const shown = (pushes: readonly Push[]): readonly string[] =>
  [...new Set(pushes.map((push) => `${push.targetArn} ${titleOf(push)}`))].map((text) => text.replace(/^\S+ /, '')).sort()

export const outcomeOf = async ({system}: World, fileId: string): Promise<Outcome> => {
  const {Item} = await system.table.send(new GetCommand({TableName: tableName(), Key: fileKey(fileId), ConsistentRead: true}))
  const file = Item as FileRecord | undefined
  const {Contents = []} = await system.s3.send(new ListObjectsV2Command({Bucket: bucketName(), Prefix: `media/${fileId}.`}))
  const pushes = system.runtime.notifications(fileId)
  return {
    status: file?.status ?? 'none', ...(file?.error !== undefined && {error: file.error.code}),
    objects: Contents.length, pushes: shown(pushes), sent: pushes.length
  }
}

/** Parts that no object came of, and uploads that no one has ended. */
export const leftovers = async ({system: {s3}}: World): Promise<{uploads: number, parts: number}> => {
  const {Uploads = []} = await s3.send(new ListMultipartUploadsCommand({Bucket: bucketName()}))
  const parts = await Promise.all(Uploads.map(async ({Key, UploadId}) =>
    (await s3.send(new ListPartsCommand({Bucket: bucketName(), Key, UploadId}))).Parts?.length ?? 0))
  return {uploads: Uploads.length, parts: parts.reduce((sum, count) => sum + count, 0)}
}

/** A message in a dead-letter queue or an on-failure queue. */
export interface DeadLetter {
  readonly queue: string
  readonly body: string
}

/** Takes all there are out of their queues. */
export const takeDeadLetters = async ({system: {address}}: World): Promise<readonly DeadLetter[]> => {
  const sqs = new SQSClient({endpoint: address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}})
  const {QueueUrls = []} = await sqs.send(new ListQueuesCommand({}))
  const taken: DeadLetter[] = []
  for (const QueueUrl of QueueUrls) {
    for (;;) {
      const {Messages = []} = await sqs.send(new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0}))
      if (Messages.length === 0) {
        break
      }
      taken.push(...Messages.map(({Body = ''}) => ({queue: QueueUrl.split('/').at(-1)!, body: Body})))
      await sqs.send(new DeleteMessageBatchCommand({
        QueueUrl, Entries: Messages.map(({ReceiptHandle}, index) => ({Id: String(index), ReceiptHandle}))
      }))
    }
  }
  sqs.destroy()
  return taken
}
