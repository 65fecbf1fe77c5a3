import {setTimeout as sleep} from 'node:timers/promises'
import {CloudWatchLogsClient, GetQueryResultsCommand, paginateDescribeLogGroups, StartQueryCommand} from '@aws-sdk/client-cloudwatch-logs'
import type {ClientOptions} from '../program/target'
import type {FileFacts} from './records'
import type {Logs} from '../program/folder-logs'

/** Those functions that ever log a file's id. */
const functions = ['RequestFile', 'WebhookFeedly', 'StartFileUpload', 'TransferFile', 'S3ObjectCreated', 'SendPushNotification']
const most = 10_000
const pollMilliseconds = 500
const MINUTE = 60_000
const DAY = 86_400_000

/** StartQuery refuses a query as a whole if one group is not there: a function that never ran may have none. */
const groupsThere = async (client: CloudWatchLogsClient, suffix: string): Promise<string[]> => {
  const wanted = functions.map((name) => `/aws/lambda/${name}${suffix}`)
  const there: string[] = []
  for await (const {logGroups = []} of paginateDescribeLogGroups({client}, {logGroupNamePrefix: '/aws/lambda/'})) {
    there.push(...logGroups.map(({logGroupName = ''}) => logGroupName))
  }
  return wanted.filter((name) => there.includes(name))
}

const awaitResults = async (client: CloudWatchLogsClient, queryId: string): Promise<string[]> => {
  for (;;) {
    const {status, results = []} = await client.send(new GetQueryResultsCommand({queryId}))
    if (status === 'Complete') {
      return results.map((fields) => fields.find(({field}) => field === '@message')?.value ?? '')
    }
    if (status !== 'Running' && status !== 'Scheduled') {
      throw new Error(`Expected Logs Insights to complete the query ${queryId}; it is ${status}.`)
    }
    await sleep(pollMilliseconds)
  }
}

/** The functions' lines about a file, by Logs Insights. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const cloudWatchLogs = async (settings: ClientOptions, suffix: string, fileId: string, file: FileFacts): Promise<Logs> => {
  const client = new CloudWatchLogsClient(settings)
  const logGroupNames = await groupsThere(client, suffix)
  if (logGroupNames.length === 0) {
    return {lines: [], notes: [`There is no log group /aws/lambda/RequestFile${suffix} or any other of the stack in ${await client.config.region()}, so the functions' own events are missing here.`]}
  }
  const {queryId = ''} = await client.send(new StartQueryCommand({
    logGroupNames,
    queryString: `fields @message | filter fileId = "${fileId}" or correlationId = "${file.correlationId}" | sort @timestamp asc`,
    startTime: Math.floor((Date.parse(file.requestedAt) - MINUTE) / 1000),
    endTime: Math.ceil(Math.min(Date.now(), Date.parse(file.updatedAt) + DAY) / 1000),
    limit: most
  }))
  const lines = await awaitResults(client, queryId)
  return {lines, notes: [
    'Logs Insights finds a line up to some minutes after it was written.',
    ...(lines.length === most ? [`Only the first ${most} lines were read.`] : [])
  ]}
}
