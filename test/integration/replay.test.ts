import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  CreateEventBusCommand, EventBridgeClient, ListRulesCommand, PutRuleCommand, PutTargetsCommand
} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {EventEnvelope} from '../../local/runtime/core/types'
import type {LocalReport} from '../../ops/replay/local-run'
import type {ShadowReport} from '../../local/replay/shadow'
import {registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {type Finished, runProgramIn} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

const folder = mkdtempSync(join(tmpdir(), 'replay-'))
const data = join(folder, 'data')
const exported = join(folder, 'events.ndjson')
const credentials = {accessKeyId: 'x', secretAccessKey: 'x'}
const bus = 'MediaDownloaderEvents'
const place = 'us-west-2:123456789012'

let [site, system] = [] as unknown as [MediaSite, System]
let files: string[] = []

beforeAll(async () => {
  site = await startMediaSite()
  system = await startSystem(['--data', data, '--allow-private-sources', '--fast-retries'])
  await registerDevice(system, 'ann', 'phone')
  const asked = await Promise.all(['/clip.mp4', '/status/404'].map((path) => requestFile(system, 'ann', site.url(path))))
  files = asked.map(({body}) => body.fileId)
  await Promise.all(files.map((fileId) => settledFile(system, 'ann', fileId, 60_000)))
  await eventually('both pushes', () => system.lines.filter(({type}) => type === 'notification').length === 2 || undefined)
}, 120_000)

afterAll(async () => {
  await system.stop()
  await site.close()
  rmSync(folder, {recursive: true, force: true})
})

const replay = (...args: readonly string[]): Promise<Finished> => runProgramIn({
  AWS_ENDPOINT_URL: system.address, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x'
}, 'ops/main.ts', 'replay', '--from', '1h', ...args)

const answer = <T>({lines}: Finished): T => JSON.parse(lines.join('\n') || 'null') as T

const clients = () => {
  const settings = {endpoint: system.address, region: 'us-west-2', credentials}
  return {events: new EventBridgeClient(settings), queues: new SQSClient(settings)}
}

/** What replay_target_bus_arn deploys, and a Dev bus that shows what comes. */
const deployForwarding = async (): Promise<string> => {
  const {events, queues} = clients()
  const {QueueUrl = ''} = await queues.send(new CreateQueueCommand({QueueName: 'Seen'}))
  await events.send(new CreateEventBusCommand({Name: `${bus}-Dev`}))
  const connect = async (EventBusName: string, Rule: string, EventPattern: string, Arn: string): Promise<void> => {
    await events.send(new PutRuleCommand({Name: Rule, EventBusName, EventPattern}))
    await events.send(new PutTargetsCommand({Rule, EventBusName, Targets: [{Id: 'One', Arn, RoleArn: 'arn:aws:iam::123456789012:role/ReplayToDev'}]}))
  }
  await connect(`${bus}-Dev`, 'See', '{"source": [{"prefix": "mediadownloader."}]}', `arn:aws:sqs:${place}:Seen`)
  await connect(bus, 'ReplayToDev', '{"replay-name": [{"exists": true}]}', `arn:aws:events:${place}:event-bus/${bus}-Dev`)
  return QueueUrl
}

const seenIn = async (QueueUrl: string): Promise<EventEnvelope[]> => {
  const seen: EventEnvelope[] = []
  await eventually('six events on the Dev bus', async () => {
    const {Messages = []} = await clients().queues.send(new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10}))
    seen.push(...Messages.map(({Body = '{}'}) => JSON.parse(Body) as EventEnvelope))
    return seen.length >= 6 || undefined
  })
  return seen
}

const counts = {FileRequested: 2, FileMetadataReady: 1, FileDownloadStarted: 1, FileDownloadCompleted: 1, FileDownloadFailed: 1}

describe('npm run replay', () => {
  it('refuses a replay that would reach no one, or that cannot be narrowed', async () => {
    const [noRule, filtered, noReplay] = [await replay(), await replay('--event', 'FileRequested'), await replay('--cancel', 'Nothing')]
    expect([noRule, filtered, noReplay].map(({code}) => code)).toEqual([1, 2, 1])
    expect([noRule.errors, filtered.errors, noReplay.errors]).toEqual([
      expect.stringContaining('Expected the rule ReplayToDev'), expect.stringContaining('Expected no --event'), expect.stringContaining('Expected a replay Nothing')
    ])
  }, 60_000)

  it('hands the archive to the Dev bus, warns of what may be missing, and counts', async () => {
    const queue = await deployForwarding()
    const done = await replay('--name', 'ForDev', '--json')
    expect({code: done.code, report: answer(done)}).toEqual({code: 0, report: {replay: 'ForDev', state: 'COMPLETED', events: counts}})
    expect(done.errors).toContain('ends in the last 10 minutes')
    const seen = await seenIn(queue)
    expect([...new Set(seen.map((event) => event['replay-name']))]).toEqual(['ForDev'])
  }, 60_000)

  it('brings the events down into a file, and leaves no rule and no queue behind', async () => {
    const {code} = await replay('--aws', '--export', exported)
    const events = readFileSync(exported, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as EventEnvelope)
    const {Rules = []} = await clients().events.send(new ListRulesCommand({EventBusName: bus, NamePrefix: 'Replay'}))
    const {QueueUrls = []} = await clients().queues.send(new ListQueuesCommand({QueueNamePrefix: 'Replay'}))
    expect({code, events: events.length, marked: events.filter((event) => 'replay-name' in event), rules: Rules.map(({Name}) => Name), QueueUrls})
      .toEqual({code: 0, events: 6, marked: [], rules: ['ReplayToDev'], QueueUrls: []})
  }, 60_000)

  it('finds in shadow that what the embedded runtime did is what today\'s code does', async () => {
    const done = await replay('--target', 'shadow', '--data', data, '--json')
    const {attempts, same, differences, effects} = answer<ShadowReport>(done)
    expect({code: done.code, attempts, same, differences, effects}).toEqual({code: 0, attempts: 2, same: 2, differences: [], effects: 0})
  }, 60_000)

  it('runs one file of a real stack again on this machine, from its first event on', async () => {
    const requests = site.requests.length
    const done = await replay('--target', 'local', '--from-file', exported, '--file', files[0]!, '--allow-private-sources', '--json')
    const {attempts, pushes} = answer<LocalReport>(done)
    expect({code: done.code, pushes, attempts}).toEqual({
      code: 0, pushes: 1, attempts: [{
        fileId: files[0], correlationId: expect.any(String), replayed: ['FileRequested'],
        followed: ['FileMetadataReady', 'FileDownloadStarted', 'FileDownloadCompleted'], differences: []
      }]
    })
    expect(site.requests.length).toBeGreaterThan(requests)
  }, 90_000)

  it('runs one kind of event again on this machine: only its consumers act', async () => {
    const requests = site.requests.length
    const done = await replay('--target', 'local', '--from-file', exported, '--event', 'FileDownloadCompleted', '--json')
    const {attempts, pushes} = answer<LocalReport>(done)
    expect({code: done.code, pushes, replayed: attempts.map(({replayed}) => replayed), asked: site.requests.length - requests})
      .toEqual({code: 0, pushes: 1, replayed: [['FileDownloadCompleted']], asked: 0})
  }, 90_000)
})
