import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {digestInputs} from '../../build/wiring/digest'
import {motoDifferences} from '../../build/wiring/moto-differences'
import {mediaPrefix} from '../../src/util/files/keys'
import {tableDefinition} from '../helpers/table'
import {compilePattern} from '../../shared/patterns/pattern'
import {arnName} from '../../shared/wiring/arn'
import {root, wired, wiringText} from './wired'

const named = (type: Parameters<typeof wired>[0]): string[] => wired(type).map((values) => 'name' in values ? values.name : '').sort()
const queueArns = wired('aws_sqs_queue').map(({arn}) => arn)
const mappings = wired('aws_lambda_event_source_mapping')
/** Queues that a function works off, and where they give up. */
const work = wired('aws_sqs_queue').filter(({arn}) => mappings.some(({event_source_arn: source}) => source === arn))
  .map((queue) => ({...queue, redrive: JSON.parse(queue.redrive_policy || '{}') as {deadLetterTargetArn?: string, maxReceiveCount?: number}}))
const targets = wired('aws_cloudwatch_event_target')
const asynchronous = [...new Set([
  ...targets.map(({arn}) => arn).filter((arn) => arn.includes(':function:')),
  ...wired('aws_s3_bucket_notification').flatMap(({lambda_function: functions}) => functions.map(({lambda_function_arn: arn}) => arn))
])].map(arnName)

describe('local/wiring.json', () => {
  it('is fresh: npm run wiring writes it again', () => {
    expect((JSON.parse(wiringText) as {inputs: unknown}).inputs).toEqual({digest: digestInputs(root)})
  })

  it('holds no credentials, ports or paths of the run that made it', () => {
    expect(wiringText.match(/made-up-for-the-emulator|127\.0\.0\.1|\/tmp\/|platform_credential/g)).toBeNull()
  })

  it('came from an apply after which a second plan differed in nothing', () => {
    expect(motoDifferences).toEqual([])
  })
})

describe('rules', () => {
  it('have patterns that EventBridge takes', () => {
    const patterns = [...wired('aws_cloudwatch_event_rule'), ...wired('aws_cloudwatch_event_archive')].flatMap(({event_pattern: pattern}) => pattern || [])
    expect(patterns.length).toBeGreaterThanOrEqual(5)
    patterns.forEach((pattern) => expect(() => compilePattern(pattern)).not.toThrow())
  })

  it('match live events of one contract each', () => {
    const patterns = wired('aws_cloudwatch_event_rule').filter(({event_pattern: pattern}) => pattern).map(({name, event_bus_name: bus, event_pattern: pattern, state}) =>
      ({name, bus, state, pattern: JSON.parse(pattern!) as unknown}))
    const live = (name: string, event: string, detail?: object) => {
      const schema = JSON.parse(readFileSync(join(root, `src/types/events/${event}/schema.json`), 'utf8')) as Record<string, string>
      const pattern = {source: [schema['x-amazon-events-source']], 'detail-type': [event], 'replay-name': [{exists: false}], ...(detail && {detail})}
      return {name, bus: 'MediaDownloaderEvents', state: 'ENABLED', pattern}
    }
    expect(patterns).toEqual(expect.arrayContaining([
      live('FileDownloadCompleted', 'FileDownloadCompleted'),
      live('FileDownloadFailed', 'FileDownloadFailed'),
      live('FileRequested', 'FileRequested', {alreadyDownloaded: [{exists: false}]}),
      live('TellLateUser', 'FileRequested', {alreadyDownloaded: [true]}),
      live('TriggerFileDownload', 'FileMetadataReady')
    ]))
    expect(patterns).toEqual(patterns.map(({name, pattern}) => {
      const {'detail-type': [event], detail} = pattern as {'detail-type': string[], detail?: object}
      return live(name, event!, detail)
    }))
  })

  it('leave FileCoordinator asleep, every 4 minutes, measure the backlog and reconcile files every 5, and compare all objects once a day', () => {
    const schedules = wired('aws_cloudwatch_event_rule').filter(({schedule_expression: schedule}) => schedule)
      .map(({name, state, event_bus_name: bus, schedule_expression: schedule}) => ({name, state, bus, schedule}))
    expect(schedules.sort((one, other) => one.name.localeCompare(other.name))).toEqual([
      {name: 'FileCoordinator', state: 'DISABLED', bus: 'default', schedule: 'rate(4 minutes)'},
      {name: 'MeasureBacklog', state: 'ENABLED', bus: 'default', schedule: 'rate(5 minutes)'},
      {name: 'ReconcileFiles', state: 'ENABLED', bus: 'default', schedule: 'rate(5 minutes)'},
      {name: 'ReconcileFilesDaily', state: 'ENABLED', bus: 'default', schedule: 'cron(40 3 * * ? *)'}
    ])
  })

  it('start the workflow with the input of a manual start', () => {
    const {input_transformer: [transformer], role_arn: role} = targets.find(({rule}) => rule === 'TriggerFileDownload')!
    const filled = transformer.input_template.replace('<fileId>', '"youtube-dQw4w9WgXcQ"')
    expect({paths: transformer.input_paths, input: JSON.parse(filled), role: arnName(role)})
      .toEqual({paths: {fileId: '$.detail.fileId'}, input: {fileId: 'youtube-dQw4w9WgXcQ'}, role: 'TriggerFileDownload-us-west-2'})
  })
})

describe('what cannot be delivered', () => {
  it.each(targets)('goes from the target of $rule to its queue, after retries', ({rule, retry_policy: [retry], dead_letter_config: [letters]}) => {
    expect(retry.maximum_event_age_in_seconds).toBeGreaterThanOrEqual(60)
    expect(retry.maximum_retry_attempts).toBeGreaterThanOrEqual(1)
    expect(arnName(letters.arn)).toBe(`${rule}-undelivered`)
    expect(queueArns).toContain(letters.arn)
  })

  it.each(asynchronous)('goes from %s to its queue when the function fails', (name) => {
    const config = wired('aws_lambda_function_event_invoke_config').find(({function_name: configured}) => configured === name)
    const destination = config?.destination_config[0].on_failure[0].destination
    expect({attempts: config?.maximum_retry_attempts, queue: arnName(destination!)}).toEqual({attempts: 2, queue: `${name}-failed`})
    expect(queueArns).toContain(destination)
  })

  it('is kept for 14 days, encrypted, and goes nowhere from there by itself: only people read these queues', () => {
    const kinds = new Set(wired('aws_sqs_queue').filter(({arn}) => work.every((queue) => queue.arn !== arn)).map(({message_retention_seconds: seconds, sqs_managed_sse_enabled: encrypted, redrive_policy: redrive = ''}) =>
      JSON.stringify({seconds, encrypted, redrive})))
    expect([...kinds].map((kind) => JSON.parse(kind) as unknown)).toEqual([{seconds: 14 * 86_400, encrypted: true, redrive: ''}])
  })

  it.each(work)('goes from the queue $name to its own, after fifteen tries', ({name, arn, redrive, visibility_timeout_seconds: seconds, ...queue}) => {
    const [mapping] = mappings.filter(({event_source_arn: source}) => source === arn)
    const {timeout} = wired('aws_lambda_function').find(({function_name: functionName}) => functionName === arnName(mapping!.function_name))!
    expect(arnName(redrive.deadLetterTargetArn!)).toBe(`${name}-undelivered`)
    expect({
      tries: redrive.maxReceiveCount, timeouts: seconds / timeout, reports: mapping!.function_response_types,
      days: queue.message_retention_seconds / 86_400
    }).toEqual({tries: 15, timeouts: 6, reports: ['ReportBatchItemFailures'], days: 14})
  })

  it('is all that queues are for: each is the end of a rule, of a function or of a queue with work, or has work', () => {
    const ends = [
      ...work.flatMap(({arn, redrive}) => [arn, redrive.deadLetterTargetArn!]),
      ...targets.map(({dead_letter_config: [letters]}) => letters.arn),
      ...wired('aws_lambda_function_event_invoke_config').map(({destination_config: [config]}) => config.on_failure[0].destination)
    ]
    expect(ends.sort()).toEqual(queueArns.toSorted())
  })
})

describe('names', () => {
  it('are those that architecture promises', () => {
    expect({
      bus: named('aws_cloudwatch_event_bus'), registry: named('aws_schemas_registry'), archive: named('aws_cloudwatch_event_archive'),
      machine: named('aws_sfn_state_machine'), table: named('aws_dynamodb_table'), api: named('aws_apigatewayv2_api')
    }).toEqual({
      bus: ['MediaDownloaderEvents'], registry: ['MediaDownloaderSchemas'], archive: ['MediaDownloaderArchive'],
      machine: ['FileDownloadWorkflow'], table: ['MediaDownloader'], api: ['MediaDownloader']
    })
  })

  it('of functions are those of their folders', () => {
    expect(wired('aws_lambda_function').map(({function_name: name}) => name).sort()).toEqual(readdirSync(join(root, 'src/lambdas')).sort())
  })

  it('of log groups of the workflow and the API have the vended prefix', () => {
    expect(named('aws_cloudwatch_log_group').filter((name) => !name.startsWith('/aws/lambda/')))
      .toEqual(['/aws/vendedlogs/apis/MediaDownloader', '/aws/vendedlogs/states/FileDownloadWorkflow'])
  })

  it('of schemas are those of the events', () => {
    expect(named('aws_schemas_schema')).toEqual(readdirSync(join(root, 'src/types/events')).sort())
  })
})

describe('storage', () => {
  const [table] = wired('aws_dynamodb_table')
  const key = (hash: string, range: string) => [{AttributeName: hash, KeyType: 'HASH'}, {AttributeName: range, KeyType: 'RANGE'}]
  const byName = <T extends {AttributeName?: string, IndexName?: string}>(list: readonly T[]): T[] =>
    list.toSorted((one, other) => `${one.AttributeName}${one.IndexName}`.localeCompare(`${other.AttributeName}${other.IndexName}`))

  it('has the table that tests use', () => {
    const {KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode} = tableDefinition
    const indexes = table!.global_secondary_index.map(({name, hash_key: hash, range_key: range, projection_type: type}) =>
      ({IndexName: name, KeySchema: key(hash, range), Projection: {ProjectionType: type}}))
    expect({
      BillingMode: table!.billing_mode,
      KeySchema: key(table!.hash_key, table!.range_key),
      AttributeDefinitions: byName(table!.attribute.map(({name, type}) => ({AttributeName: name, AttributeType: type}))),
      GlobalSecondaryIndexes: byName(indexes)
    }).toEqual({BillingMode, KeySchema, AttributeDefinitions: byName(AttributeDefinitions), GlobalSecondaryIndexes: byName(GlobalSecondaryIndexes)})
  })

  it('forgets push ledgers at expiresAt', () => {
    expect(table!.ttl).toEqual([{attribute_name: 'expiresAt', enabled: true}])
  })

  it('announces objects under the media prefix to S3ObjectCreated', () => {
    expect(wired('aws_s3_bucket_notification')[0]!.lambda_function).toEqual([{
      id: 'S3ObjectCreated',
      events: ['s3:ObjectCreated:*'],
      filter_prefix: mediaPrefix,
      filter_suffix: '',
      lambda_function_arn: 'arn:aws:lambda:us-west-2:123456789012:function:S3ObjectCreated'
    }])
  })
})

describe('the API', () => {
  it('leads each route to its function, and is open nowhere but where the function checks a secret', () => {
    const functions = new Map(wired('aws_apigatewayv2_integration').map(({id, integration_uri: arn}) => [`integrations/${id}`, arnName(arn)]))
    const routes = wired('aws_apigatewayv2_route').map(({route_key: route, target, authorization_type: authorization}) =>
      [route, `${functions.get(target)} ${authorization}`])
    expect(Object.fromEntries(routes)).toEqual({
      'POST /files': 'RequestFile AWS_IAM',
      'GET /files': 'ListFiles AWS_IAM',
      'GET /files/{fileId}': 'ListFiles AWS_IAM',
      'POST /files/{fileId}/cancel': 'CancelFile AWS_IAM',
      'POST /files/{fileId}/retry': 'RequestFile AWS_IAM',
      'PUT /devices/{deviceId}': 'RegisterDevice AWS_IAM',
      'DELETE /devices/{deviceId}': 'RegisterDevice AWS_IAM',
      'POST /feedly': 'WebhookFeedly NONE'
    })
  })

  it('may invoke every function that it leads to', () => {
    const permitted = wired('aws_lambda_permission').filter(({principal}) => principal === 'apigateway.amazonaws.com')
    expect(permitted.map(({function_name: name}) => name).sort()).toEqual(wired('aws_apigatewayv2_integration').map(({integration_uri: arn}) => arnName(arn)).sort())
  })
})
