import {CloudWatchLogsClient, paginateFilterLogEvents} from '@aws-sdk/client-cloudwatch-logs'
import type {Window} from '../../local/replay/window'
import {asObject} from '../../shared/json'
import type {Logs} from '../program/folder-logs'
import type {ClientOptions} from '../program/target'

/** Those functions that ask sources. */
const functions = ['StartFileUpload', 'TransferFile', 'TransferRange']

const groupLines = async (client: CloudWatchLogsClient, logGroupName: string, fileId: string, {from, to}: Window): Promise<Logs> => {
  const lines: string[] = []
  try {
    const query = {logGroupName, startTime: from, endTime: to, filterPattern: `{ $.fileId = "${fileId}" && $.answer.statusCode = * }`}
    for await (const {events = []} of paginateFilterLogEvents({client}, query)) {
      lines.push(...events.map(({message = ''}) => message))
    }
    return {lines, notes: []}
  } catch (error) {
    return {lines, notes: [`The log group ${logGroupName} could not be read (${String(asObject(error)['name'])}): what it has of sources' answers is missing.`]}
  }
}

/** The functions' lines about a file's sources, from CloudWatch. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const stackLogs = async (options: ClientOptions, suffix: string, fileId: string, window: Window): Promise<Logs> => {
  const client = new CloudWatchLogsClient(options)
  const all = await Promise.all(functions.map((name) => groupLines(client, `/aws/lambda/${name}${suffix}`, fileId, window)))
  return {lines: all.flatMap(({lines}) => lines), notes: all.flatMap(({notes}) => notes)}
}
