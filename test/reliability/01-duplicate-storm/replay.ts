import assert from 'node:assert/strict'
import {DescribeReplayCommand, ListArchivesCommand, PutEventsCommand, StartReplayCommand} from '@aws-sdk/client-eventbridge'
import {InvokeCommand} from '@aws-sdk/client-lambda'
import type {EventEnvelope, Observation} from '../../../local/runtime/core/types'
import {eventually} from '../../helpers/system'
import {concurrently} from '../concurrent'
import {shuffled} from '../random'
import type {System} from '../system'

const batch = 10

/** The archive's own replay: production rules do not see it. */
const replayArchive = async ({events}: System): Promise<void> => {
  const {Archives = []} = await events.send(new ListArchivesCommand({}))
  const {ArchiveName, EventSourceArn} = Archives[0]!
  const archiveArn = EventSourceArn!.replace(/event-bus\/.*/, `archive/${ArchiveName}`)
  await events.send(new StartReplayCommand({
    ReplayName: 'Storm', EventSourceArn: archiveArn, Destination: {Arn: EventSourceArn},
    EventStartTime: new Date(Date.now() - 3_600_000), EventEndTime: new Date(Date.now() + 60_000)
  }))
  await eventually('the replay to be over', async () => {
    const {State} = await events.send(new DescribeReplayCommand({ReplayName: 'Storm'}))
    return State === 'COMPLETED' || undefined
  }, 60_000)
}

const outcomes = (events: readonly EventEnvelope[]): EventEnvelope[] => events.filter((event) => event['detail-type'] === 'FileDownloadCompleted')

/** Every event again for every consumer, in another order: as a bus may that delivers at least once, and as a replay for production would; outcomes three times. */
const publishAgain = async ({events}: System, published: readonly EventEnvelope[], random: () => number): Promise<number> => {
  const again = shuffled([...published, ...outcomes(published), ...outcomes(published)], random)
  const batches = Array.from({length: Math.ceil(again.length / batch)}, (_, index) => again.slice(index * batch, (index + 1) * batch))
  const failed = await concurrently(batches, 4, async (some) => (await events.send(new PutEventsCommand({
    Entries: some.map(({source, detail, 'detail-type': DetailType}) =>
      ({EventBusName: 'MediaDownloaderEvents', Source: source, DetailType, Detail: JSON.stringify(detail)}))
  }))).FailedEntryCount)
  assert.deepEqual(failed.filter(Boolean), [])
  return again.length
}

const notifyAgain = async ({lambda}: System, objects: ReadonlyArray<{bucket: string, key: string}>, random: () => number): Promise<number> => {
  const records = shuffled(Array.from({length: 10}, () => objects).flat(), random)
    .map(({bucket, key}) => ({eventSource: 'aws:s3', eventName: 'ObjectCreated:CompleteMultipartUpload', s3: {bucket: {name: bucket}, object: {key}}}))
  await lambda.send(new InvokeCommand({FunctionName: 'S3ObjectCreated', Payload: Buffer.from(JSON.stringify({Records: records}))}))
  return records.length
}

/** Everything once more: from the archive, and by publishing and notifying again. */
export const replayAll = async (system: System, seen: readonly Observation[], random: () => number) => {
  const published = seen.flatMap((each) => each.type === 'event' ? [each.event] : [])
  const objects = seen.flatMap((each) => each.type === 'object' ? [each] : [])
  await replayArchive(system)
  const events = await publishAgain(system, published, random)
  const notifications = await notifyAgain(system, objects, random)
  return {events: published.length + events, notifications}
}
