import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {errorTable} from '../../src/util/errors'
import {awsMetrics} from './aws-metrics'
import {ownMetrics} from './own-metrics'
import {arnName} from '../../shared/wiring/arn'
import {root, wired} from './wired'

/** A metric that a widget or an alarm asks for. */
interface Asked {
  readonly by: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

type Row = ReadonlyArray<string | {readonly expression?: string}>

interface Widget {
  readonly type: string
  readonly properties: {readonly title?: string, readonly metrics?: readonly Row[], readonly alarms?: readonly string[], readonly region?: string}
}

const alarms = wired('aws_cloudwatch_metric_alarm')
const [dashboard] = wired('aws_cloudwatch_dashboard')
const widgets = (JSON.parse(dashboard?.dashboard_body ?? '{"widgets": []}') as {widgets: Widget[]}).widgets
const own = await ownMetrics()

const namesOf = (type: 'aws_sqs_queue' | 'aws_cloudwatch_event_bus' | 'aws_dynamodb_table'): string[] => wired(type).map(({name}) => name)
const workQueues = wired('aws_lambda_event_source_mapping').map(({event_source_arn: arn}) => arnName(arn))
const deadLetterQueues = namesOf('aws_sqs_queue').filter((name) => !workQueues.includes(name))
const functions = wired('aws_lambda_function').map(({function_name: name}) => name)
const rules = wired('aws_cloudwatch_event_rule')

const pairs = (flat: readonly string[]): Record<string, string> =>
  Object.fromEntries(flat.flatMap((name, index) => index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []))

/** `SEARCH('{Namespace,dimension,…} MetricName="…" dimension="…"', 'Sum', 300)`: dimensions without a value may have any. */
const searched = (by: string, expression: string): Asked => {
  const [, schema = '', terms = ''] = /^SEARCH\('\{([^}]+)\} (.+?)', '\w+', \d+\)$/.exec(expression) ?? []
  const [namespace = '', ...dimensions] = schema.split(',')
  const values = Object.fromEntries([...terms.matchAll(/(\w+)="([^"]+)"/g)].map(([, name, value]) => [name, value]))
  return {by, namespace, name: values.MetricName ?? '', dimensions: Object.fromEntries(dimensions.map((name) => [name, values[name] ?? '*']))}
}

const fromRow = (by: string, row: Row): Asked => {
  const [first] = row
  if (typeof first === 'object') {
    return searched(by, first.expression ?? '')
  }
  const [namespace = '', name = '', ...rest] = row.filter((cell) => typeof cell === 'string')
  return {by, namespace, name, dimensions: pairs(rest)}
}

const fromDashboard = widgets.flatMap(({properties: {title = '', metrics = []}}) => metrics.map((row) => fromRow(`widget ${title}`, row)))
const fromAlarms = alarms.flatMap(({alarm_name: name, metric_query: queries}) => queries.flatMap(({metric}) =>
  metric.map(({namespace, metric_name: metricName, dimensions}) => ({by: `alarm ${name}`, namespace, name: metricName, dimensions: dimensions ?? {}}))))
const asked = [...fromDashboard, ...fromAlarms]

const exists = (sets: ReadonlyArray<readonly string[]> | undefined, dimensions: Asked['dimensions']): boolean =>
  sets?.some((set) => [...set].sort().join() === Object.keys(dimensions).sort().join()) ?? false

const isEmitted = ({namespace, name, dimensions}: Asked): boolean => {
  if (namespace !== 'MediaDownloader') {
    return exists(awsMetrics[namespace]?.metrics[name], dimensions)
  }
  const metric = own.find((one) => one.name === name)
  return exists(metric?.dimensions, dimensions) && metric!.services.includes(dimensions.service ?? '')
}

/** Whether the stack has what a dimension names. */
const known: Readonly<Record<string, (value: string, all: Asked['dimensions']) => boolean>> = {
  FunctionName: (value) => functions.includes(value),
  service: (value) => functions.includes(value),
  QueueName: (value) => namesOf('aws_sqs_queue').includes(value),
  EventBusName: (value) => namesOf('aws_cloudwatch_event_bus').includes(value),
  RuleName: (value, {EventBusName = 'default'}) => rules.some(({name, event_bus_name: bus}) => name === value && bus === EventBusName),
  StateMachineArn: (value) => wired('aws_sfn_state_machine').some(({name}) => value.endsWith(`:stateMachine:${name}`)),
  ApiId: (value) => wired('aws_apigatewayv2_api').some(({id}) => id === value),
  TableName: (value) => namesOf('aws_dynamodb_table').includes(value),
  BucketName: (value) => wired('aws_s3_bucket').some(({bucket}) => bucket === value),
  StorageType: (value) => ['StandardStorage', 'AllStorageTypes'].includes(value),
  Currency: (value) => value === 'USD',
  errorCode: (value) => value === '*' || value === 'Other' || Object.hasOwn(errorTable, value)
}

const dimensionsWatched = (name: string, dimension: string): string[] =>
  [...new Set(fromAlarms.filter((one) => one.name === name).map(({dimensions}) => dimensions[dimension] ?? ''))].sort()

describe('every metric that the dashboard or an alarm asks for', () => {
  it('is there to be judged', () => {
    expect({widgets: fromDashboard.length > 50, alarms: fromAlarms.length > 30}).toEqual({widgets: true, alarms: true})
  })

  it('is one that AWS or our code emits, under these dimensions', () => {
    expect(asked.filter((one) => !isEmitted(one))).toEqual([])
  })

  it('is of something that the stack has', () => {
    const unknown = asked.filter(({dimensions}) => Object.entries(dimensions).some(([name, value]) => !known[name]?.(value, dimensions)))
    expect(unknown).toEqual([])
  })

  it('would not be the guide\'s: Invocations by the bus alone', () => {
    expect(isEmitted({by: 'guide', namespace: 'AWS/Events', name: 'Invocations', dimensions: {EventBusName: 'MediaDownloaderEvents'}})).toBe(false)
  })
})

describe('our own metrics', () => {
  it('have few and bounded dimensions', () => {
    expect(Object.fromEntries(own.map(({name, dimensions, services}) => [name, {dimensions, services}]))).toEqual({
      FilesRequested: {dimensions: [['service']], services: ['RequestFile']},
      FilesCompleted: {dimensions: [['service']], services: ['S3ObjectCreated']},
      BytesCompleted: {dimensions: [['service']], services: ['S3ObjectCreated']},
      SecondsToCompleted: {dimensions: [['service']], services: ['S3ObjectCreated']},
      FilesSettled: {dimensions: [['service']], services: ['SendPushNotification']},
      FilesFailed: {dimensions: [['service'], ['errorCode', 'service']], services: ['SendPushNotification']},
      EventsRefused: {dimensions: [['service']], services: ['RequestFile', 'S3ObjectCreated', 'StartFileUpload', 'TransferFile', 'TransferRange']},
      CookiesRefused: {dimensions: [['service']], services: ['StartFileUpload', 'TransferFile']},
      OldestUnfinishedSeconds: {dimensions: [['service']], services: ['MeasureBacklog']},
      YtDlpAgeDays: {dimensions: [['service']], services: ['StartFileUpload', 'TransferFile']}
    })
  })
})

describe('the dashboard', () => {
  it('is MediaDownloader of its Region and shows every alarm first', () => {
    const shown = widgets[0]?.properties.alarms?.map((arn) => arn.split(':alarm:')[1]).sort()
    expect({name: dashboard?.dashboard_name, first: widgets[0]?.type, shown})
      .toEqual({name: 'MediaDownloader-us-west-2', first: 'alarm', shown: alarms.map(({alarm_name: name}) => name).sort()})
  })

  it('reads charges where AWS has them', () => {
    expect(widgets.filter(({properties}) => properties.region !== undefined && properties.region !== 'us-west-2').map(({properties}) => properties))
      .toEqual([expect.objectContaining({region: 'us-east-1', metrics: [expect.arrayContaining(['AWS/Billing'])]})])
  })

  it('answers its questions: what came, how fast, what failed, what was lost, what it costs', () => {
    const names = new Set(fromDashboard.map(({name}) => name))
    expect([
      'FilesRequested', 'FilesCompleted', 'FilesFailed', 'SecondsToCompleted', 'BytesCompleted', 'OldestUnfinishedSeconds', 'ExecutionsStarted',
      'ExecutionsSucceeded', 'ExecutionsFailed', 'Errors', 'Throttles', 'Duration', 'ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage',
      'FailedInvocations', 'InvocationsSentToDlq', 'InvocationsFailedToBeSentToDlq', '4xx', '5xx', 'EstimatedCharges'
    ].filter((name) => !names.has(name))).toEqual([])
  })
})

describe('alarms', () => {
  it('watch every queue, rule, function and on-failure destination', () => {
    const asynchronous = wired('aws_lambda_function_event_invoke_config').map(({function_name: name}) => name).sort()
    expect({
      queues: dimensionsWatched('ApproximateNumberOfMessagesVisible', 'QueueName'),
      rules: dimensionsWatched('InvocationsFailedToBeSentToDlq', 'RuleName'),
      functions: dimensionsWatched('Errors', 'FunctionName'),
      asynchronous: dimensionsWatched('DestinationDeliveryFailures', 'FunctionName')
    }).toEqual({queues: deadLetterQueues.sort(), rules: rules.map(({name}) => name).sort(), functions: [...functions].sort(), asynchronous})
  })

  it('are those of the operator\'s list', () => {
    const kinds = new Set(alarms.map(({alarm_name: name}) => name.split('-')[1]))
    expect([...kinds].sort()).toEqual([
      'AccountConcurrency', 'ApiErrors', 'CookiesRefused', 'DeadLetters', 'EventsLost', 'EventsRefused', 'ExecutionsCutOff', 'ExecutionsFailed', 'FailureRate', 'FailuresLost',
      'FunctionErrors', 'OldestUnfinished', 'PutEventsFailed', 'SourcesBlocked'
    ])
  })

  it('watch every error by which a source turns us away', () => {
    const refusals = Object.entries(errorTable).filter(([, {category}]) => ['needs-cookies', 'blocked'].includes(category)).map(([name]) => name)
    expect(dimensionsWatched('FilesFailed', 'errorCode').filter((code) => code !== '')).toEqual(refusals.sort())
  })

  it('take silence for health, but for the one metric that always speaks', () => {
    expect(alarms.filter(({treat_missing_data: silence}) => silence !== 'notBreaching').map(({alarm_name: name, treat_missing_data: silence}) => ({name, silence})))
      .toEqual([{name: 'MediaDownloader-OldestUnfinished', silence: 'missing'}])
  })

  it('each tell someone', () => {
    expect(alarms.filter(({alarm_actions: actions}) => actions.map(arnName).join() !== 'MediaDownloader-Alarms')).toEqual([])
  })

  it('each compute one value from metrics that they have', () => {
    const faults = alarms.flatMap(({alarm_name: name, metric_query: queries}) => {
      const ids = queries.filter(({metric}) => metric.length > 0).map(({id}) => id)
      const expression = queries.map(({expression: text}) => text ?? '').join('')
      const unknown = [...expression.matchAll(/\b[a-z]\w*\b/g)].map(([id]) => id).filter((id) => !ids.includes(id))
      const values = queries.filter(({return_data: returns}) => returns).length
      return unknown.length === 0 && values === 1 ? [] : [{name, unknown, values}]
    })
    expect(faults).toEqual([])
  })
})

describe('the runbook', () => {
  const text = readFileSync(join(root, 'docs/runbook.md'), 'utf8')
  const entries = [...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title!)
  const anchors = alarms.map(({alarm_description: description}) => /Runbook: docs\/runbook\.md#(\S+)$/.exec(description)?.[1])

  it('has an entry for each alarm, and no other', () => {
    expect([...new Set(anchors)].sort()).toEqual([...entries].sort())
  })

  it('names in each entry the alarms that lead to it', () => {
    const unnamed = alarms.filter(({alarm_name: name, alarm_description: description}) => {
      const entry = text.split(/^### /m).find((part) => part.startsWith(`${description.split('#').at(-1)}\n`)) ?? ''
      return !entry.includes(`MediaDownloader-${name.split('-')[1]}`)
    })
    expect(unnamed.map(({alarm_name: name}) => name)).toEqual([])
  })

  it.each(entries)('says in %s where to look and what to do', (entry) => {
    const body = text.split(/^### /m).find((part) => part.startsWith(`${entry}\n`)) ?? ''
    expect({look: /^Look:/m.test(body), act: /^Do\b/m.test(body), commands: body.includes('```bash')}).toEqual({look: true, act: true, commands: true})
  })

  it('links only to entries that it has', () => {
    const links = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor!)
    // One chapter is no entry: other entries send their readers there.
    expect(links.filter((anchor) => ![...entries, 'apply-again'].includes(anchor))).toEqual([])
  })
})
