import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand, SQSClient} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {eventually, startSystem, type System} from '../helpers/system'

const run = promisify(execFile)
const ACCOUNT = 'us-west-2:123456789012'
const BUS = `arn:aws:events:${ACCOUNT}:event-bus/MediaDownloaderEvents`
const ARCHIVE = `arn:aws:events:${ACCOUNT}:archive/MediaDownloaderArchive`
const WORKFLOW = `arn:aws:states:${ACCOUNT}:stateMachine:FileDownloadWorkflow`

type Answer = Record<string, unknown>

/** Enough events and targets that a replay takes longer than the next command needs to start. */
const manyEventsToMany = async ({address}: System): Promise<void> => {
  const settings = {endpoint: address, region: 'us-west-2', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}}
  const [events, queues] = [new EventBridgeClient(settings), new SQSClient(settings)]
  const EventBusName = 'MediaDownloaderEvents'
  await queues.send(new CreateQueueCommand({QueueName: 'Replayed'}))
  for (const Name of ['Slow1', 'Slow2', 'Slow3', 'Slow4']) {
    await events.send(new PutRuleCommand({Name, EventBusName, EventPattern: '{"replay-name": [{"exists": true}]}'}))
    await events.send(new PutTargetsCommand({Rule: Name, EventBusName, Targets: ['1', '2', '3', '4', '5'].map((Id) => ({Id, Arn: `arn:aws:sqs:${ACCOUNT}:Replayed`}))}))
  }
  const Entries = Array.from({length: 10}, () => ({EventBusName, Source: 'probe', DetailType: 'Probe', Detail: '{}'}))
  for (let request = 0; request < 500; request += 1) {
    await events.send(new PutEventsCommand({Entries}))
  }
}

/** The guide's commands, corrected where AWS would refuse them, by the real `aws` program: it knows the services' models, and nothing of ours. */
describe('The aws CLI against the embedded runtime', () => {
  let system: System
  const started = new Date().toISOString()

  beforeAll(async () => {
    system = await startSystem(['--ephemeral'])
  })
  afterAll(() => system?.stop())

  const aws = async (...command: string[]): Promise<Answer> => {
    const {stdout} = await run('aws', [...command, '--output', 'json'], {env: {
      ...process.env, AWS_ENDPOINT_URL: system.address, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-west-2', AWS_PAGER: '',
      AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1'
    }}).catch((error: Error & {code?: unknown, stderr?: string}) => {
      throw error.code === 'ENOENT' ? new Error('Expected the aws program on PATH: apt-get install awscli, or pip install awscli.') : new Error(error.stderr)
    })
    return stdout.trim() === '' ? {} : JSON.parse(stdout) as Answer
  }

  const event = (source: string) => JSON.stringify([{EventBusName: 'MediaDownloaderEvents', Source: source, DetailType: 'Probe', Detail: '{"n":1}'}])

  it('finds bus, rules and targets', async () => {
    expect(await aws('events', 'describe-event-bus', '--name', 'MediaDownloaderEvents')).toEqual(
      {Name: 'MediaDownloaderEvents', Arn: BUS, CreationTime: expect.anything(), LastModifiedTime: expect.anything()}
    )
    const {Rules} = await aws('events', 'list-rules', '--name-prefix', 'Trigger', '--event-bus-name', 'MediaDownloaderEvents')
    expect(Rules).toEqual([expect.objectContaining({Name: 'TriggerFileDownload', State: 'ENABLED', EventBusName: 'MediaDownloaderEvents'})])
    const {Targets} = await aws('events', 'list-targets-by-rule', '--rule', 'TriggerFileDownload', '--event-bus-name', 'MediaDownloaderEvents')
    expect(Targets).toEqual([expect.objectContaining({Arn: WORKFLOW, InputTransformer: {InputPathsMap: {fileId: '$.detail.fileId'}, InputTemplate: expect.stringContaining('<fileId>')}})])
  })

  it('publishes events, and is told which AWS would not take', async () => {
    expect(await aws('events', 'put-events', '--entries', event('probe'))).toEqual({FailedEntryCount: 0, Entries: [{EventId: expect.any(String)}]})
    expect(await aws('events', 'put-events', '--entries', event('aws.mediadownloader.download'))).toEqual({
      FailedEntryCount: 1, Entries: [{ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.'}]
    })
  })

  it('tests patterns', async () => {
    const whole = {id: '1', 'detail-type': 'Probe', source: 'probe', account: '123456789012', time: '2026-12-01T00:00:00Z', region: 'us-west-2', detail: {n: 1}}
    const test = (pattern: string, event: object = whole) => aws('events', 'test-event-pattern', '--event-pattern', pattern, '--event', JSON.stringify(event))
    expect(await test('{"source":[{"prefix":"pro"}],"detail":{"n":[{"numeric":["<",2]}]}}')).toEqual({Result: true})
    expect(await test('{"source":["other"]}')).toEqual({Result: false})
    await expect(test('{"source":["probe"]}', {...whole, id: undefined})).rejects.toThrow('Parameter Event is not valid.')
    await expect(test('{"source":"probe"}')).rejects.toThrow('(InvalidEventPatternException) when calling the TestEventPattern operation: Event pattern is not valid. Reason: "source" must be')
  })

  it('tags buses and rules', async () => {
    expect(await aws('events', 'list-tags-for-resource', '--resource-arn', BUS)).toEqual({Tags: []})
    await aws('events', 'put-rule', '--name', 'Tagged', '--schedule-expression', 'rate(1 day)', '--tags', 'Key=team,Value=media')
    expect(await aws('events', 'list-tags-for-resource', '--resource-arn', `arn:aws:events:${ACCOUNT}:rule/Tagged`)).toEqual({Tags: [{Key: 'team', Value: 'media'}]})
    await expect(aws('events', 'put-rule', '--name', 'Tagged', '--schedule-expression', 'rate(1 minutes)')).rejects.toThrow('Parameter ScheduleExpression is not valid.')
  })

  it('makes schedules that come', async () => {
    const queue = `arn:aws:sqs:${ACCOUNT}:Scheduled`
    // For queues, version 1 of the program does not read AWS_ENDPOINT_URL.
    const sqs = (...command: string[]) => aws('sqs', ...command, '--endpoint-url', system.address)
    const {QueueUrl} = await sqs('create-queue', '--queue-name', 'Scheduled')
    const make = (expression: string) => aws('scheduler', 'create-schedule', '--name', 'Once', '--schedule-expression', expression, '--flexible-time-window', 'Mode=OFF',
      '--action-after-completion', 'DELETE', '--target', JSON.stringify({Arn: queue, RoleArn: 'arn:aws:iam::123456789012:role/scheduler', Input: '{"n":1}'}))
    await expect(make('hello')).rejects.toThrow('Invalid Schedule Expression hello.')
    const soon = new Date(Date.now() + 3000).toISOString().slice(0, 19)
    expect(await make(`at(${soon})`)).toEqual({ScheduleArn: `arn:aws:scheduler:${ACCOUNT}:schedule/default/Once`})
    const {Messages} = await sqs('receive-message', '--queue-url', String(QueueUrl), '--wait-time-seconds', '10')
    expect(Messages).toEqual([expect.objectContaining({Body: '{"n":1}'})])
    expect((await aws('scheduler', 'list-schedules'))['Schedules']).toEqual([])
  })

  it('makes, lists and describes archives', async () => {
    expect(await aws('events', 'create-archive', '--archive-name', 'Extra', '--event-source-arn', BUS, '--retention-days', '1'))
      .toEqual({ArchiveArn: `arn:aws:events:${ACCOUNT}:archive/Extra`, State: 'ENABLED', CreationTime: expect.anything()})
    const {Archives} = await aws('events', 'list-archives', '--event-source-arn', BUS)
    expect((Archives as Array<{ArchiveName: string}>).map(({ArchiveName}) => ArchiveName)).toEqual(['Extra', 'MediaDownloaderArchive'])
    expect(await aws('events', 'describe-archive', '--archive-name', 'MediaDownloaderArchive'))
      .toEqual(expect.objectContaining({ArchiveArn: ARCHIVE, EventSourceArn: BUS, RetentionDays: 90, EventCount: 1, State: 'ENABLED'}))
  })

  it('replays the archive to its own bus only, describes, lists and cancels replays', async () => {
    const replay = (name: string, destination: string) => aws('events', 'start-replay', '--replay-name', name, '--event-source-arn', ARCHIVE,
      '--event-start-time', new Date(Date.parse(started) - 60_000).toISOString(), '--event-end-time', new Date(Date.now() + 60_000).toISOString(), '--destination', destination)
    await expect(replay('Wrong', `Arn=${BUS.replace('MediaDownloaderEvents', 'default')}`)).rejects.toThrow('Cross event bus replay is not permitted.')
    await expect(replay('Wrong', 'EventBusName=MediaDownloaderEvents-Dev')).rejects.toThrow('Destination')
    expect(await replay('DebugIssue123', `Arn=${BUS}`)).toEqual({ReplayArn: `arn:aws:events:${ACCOUNT}:replay/DebugIssue123`, State: 'STARTING', ReplayStartTime: expect.anything()})
    const done = await eventually('the replay to end', async () => {
      const described = await aws('events', 'describe-replay', '--replay-name', 'DebugIssue123')
      return described['State'] === 'COMPLETED' ? described : undefined
    })
    expect(done).toEqual(expect.objectContaining({EventSourceArn: ARCHIVE, Destination: {Arn: BUS}, EventLastReplayedTime: expect.anything()}))
    expect(system.lines.filter((line) => (line['event'] as Answer | undefined)?.['replay-name'] === 'DebugIssue123').length).toBe(1)
    expect((await aws('events', 'list-replays', '--name-prefix', 'Debug'))['Replays']).toEqual([expect.objectContaining({ReplayName: 'DebugIssue123', State: 'COMPLETED'})])
    await expect(aws('events', 'cancel-replay', '--replay-name', 'DebugIssue123')).rejects.toThrow('IllegalStatusException')
  })

  it('cancels a replay that is under way', async () => {
    await manyEventsToMany(system)
    await aws('events', 'start-replay', '--replay-name', 'Long', '--event-source-arn', ARCHIVE,
      '--event-start-time', new Date(Date.parse(started) - 60_000).toISOString(), '--event-end-time', new Date(Date.now() + 60_000).toISOString(),
      '--destination', JSON.stringify({Arn: BUS, FilterArns: ['1', '2', '3', '4'].map((name) => `arn:aws:events:${ACCOUNT}:rule/MediaDownloaderEvents/Slow${name}`)}))
    expect(await aws('events', 'cancel-replay', '--replay-name', 'Long')).toEqual({ReplayArn: `arn:aws:events:${ACCOUNT}:replay/Long`, State: 'CANCELLING'})
    const ended = await eventually('the replay to be cancelled', async () => {
      const described = await aws('events', 'describe-replay', '--replay-name', 'Long')
      return described['State'] === 'CANCELLING' ? undefined : described
    }, 30_000)
    expect(ended).toEqual(expect.objectContaining({State: 'CANCELLED', ReplayEndTime: expect.anything()}))
  }, 120_000)

  it('reads the schema registry', async () => {
    const {Schemas} = await aws('schemas', 'list-schemas', '--registry-name', 'MediaDownloaderSchemas')
    expect((Schemas as Array<{SchemaName: string}>).map(({SchemaName}) => SchemaName)).toEqual(
      ['FileDownloadCompleted', 'FileDownloadFailed', 'FileDownloadProgressed', 'FileDownloadStarted', 'FileMetadataReady', 'FileRequested'])
    const at = ['--registry-name', 'MediaDownloaderSchemas', '--schema-name', 'FileDownloadCompleted']
    expect(await aws('schemas', 'describe-schema', ...at)).toEqual(expect.objectContaining({SchemaVersion: '1', Type: 'OpenApi3'}))
    expect((await aws('schemas', 'list-schema-versions', ...at))['SchemaVersions']).toEqual([expect.objectContaining({SchemaVersion: '1'})])
    const {Content} = await aws('schemas', 'export-schema', ...at, '--type', 'JSONSchemaDraft4')
    expect(JSON.parse(String(Content))).toEqual(expect.objectContaining({$schema: 'http://json-schema.org/draft-04/schema#', definitions: {FileDownloadCompleted: expect.anything()}}))
  })

  it('starts the workflow, and describes what it did', async () => {
    expect(await aws('stepfunctions', 'describe-state-machine', '--state-machine-arn', WORKFLOW)).toEqual(expect.objectContaining({name: 'FileDownloadWorkflow', status: 'ACTIVE', type: 'STANDARD'}))
    const {executionArn} = await aws('stepfunctions', 'start-execution', '--state-machine-arn', WORKFLOW, '--name', 'probe', '--input', '{"fileId":"unknown"}')
    const ended = await eventually('the execution to end', async () => {
      const execution = await aws('stepfunctions', 'describe-execution', '--execution-arn', String(executionArn))
      return execution['status'] === 'RUNNING' ? undefined : execution
    })
    expect(ended).toEqual(expect.objectContaining({status: 'SUCCEEDED', name: 'probe', input: '{"fileId":"unknown"}'}))
    const {executions} = await aws('stepfunctions', 'list-executions', '--state-machine-arn', WORKFLOW, '--max-results', '10')
    expect(executions).toEqual([expect.objectContaining({name: 'probe', status: 'SUCCEEDED'})])
    const {events} = await aws('stepfunctions', 'get-execution-history', '--execution-arn', String(executionArn))
    expect((events as Array<{type: string}>).map(({type}) => type)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskStateExited',
      'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'])
  })
})
