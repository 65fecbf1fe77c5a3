import {DescribeTableCommand, DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DescribeArchiveCommand, EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {SFNClient} from '@aws-sdk/client-sfn'
import {paginateListEndpointsByPlatformApplication, SNSClient} from '@aws-sdk/client-sns'
import {GetQueueAttributesCommand, SQSClient} from '@aws-sdk/client-sqs'
import {explainError} from '../../../shared/cli/errors'
import {listKeys} from '../../../shared/json'
import {many} from '../../program/many'
import {clientOptions, s3Client} from '../account'
import {measureBucket} from './bucket'
import type {Holdings} from './resources'
import {runningExecutions} from './workflow'

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`

type Asked = Readonly<Record<keyof Omit<Holdings, 'count' | 'rules'>, (name: string) => Promise<string>>>

const endpoints = async (client: SNSClient, application: string): Promise<number> => {
  let count = 0
  for await (const {Endpoints = []} of paginateListEndpointsByPlatformApplication({client}, {PlatformApplicationArn: application})) {
    count += Endpoints.length
  }
  return count
}

/** How AWS is asked what each thing holds; tables and archives count with a delay of hours. */
const questions = (region: string): Asked => {
  const options = clientOptions(region)
  return {
    stateMachines: async (arn) => many((await runningExecutions(new SFNClient(options), arn)).length, 'running execution, stopped', 'running executions, stopped'),
    tables: async (name) => {
      const {Table} = await new DynamoDBClient(options).send(new DescribeTableCommand({TableName: name}))
      return `table ${name}: about ${many(Table?.ItemCount ?? 0, 'record')}, with its backups`
    },
    buckets: async (bucket) => {
      const {versions, bytes} = await measureBucket(s3Client(region), bucket)
      return `bucket ${bucket}: ${many(versions, 'object or old version', 'objects and old versions')}, ${gigabytes(bytes)}`
    },
    archives: async (name) => {
      const {EventCount = 0} = await new EventBridgeClient(options).send(new DescribeArchiveCommand({ArchiveName: name}))
      return `archive ${name}: about ${many(EventCount, 'event')}`
    },
    applications: async (arn) => `push application ${arn.split(':app/')[1]}: ${many(await endpoints(new SNSClient(options), arn), 'device')}`,
    queues: async (url) => {
      const {Attributes = {}} = await new SQSClient(options).send(new GetQueueAttributesCommand({QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages']}))
      const count = Number(Attributes['ApproximateNumberOfMessages'] ?? 0)
      return count === 0 ? '' : `queue ${url.split('/').at(-1)}: ${many(count, 'message')}`
    }
  }
}

/** One line for each thing that is lost with the stack; if AWS does not say how much it holds, the line says why. */
export const listLosses = async (holdings: Holdings, region: string): Promise<string[]> => {
  const asked = questions(region)
  const lines = await Promise.all(listKeys(asked).flatMap((kind) => holdings[kind].map((name) =>
    asked[kind](name).catch((error: unknown) => `${name}: AWS does not say what it holds (${explainError(error)})`))))
  return lines.filter((line) => line !== '')
}
