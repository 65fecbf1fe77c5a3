import {describe, expect, it} from '@jest/globals'
import {arnName} from '../../shared/wiring/arn'
import {many, mayPublish, statementsOf, wired} from './wired'

type Graph = ReadonlyMap<string, readonly string[]>

interface AslState {
  readonly ItemProcessor?: Definition
  readonly Resource?: string
  readonly Parameters?: {readonly FunctionName?: string, readonly Entries?: ReadonlyArray<{readonly DetailType: string}>}
}

interface Definition {
  readonly States: Readonly<Record<string, AslState>>
}

const allowed = (role: string, action: string): string[] =>
  statementsOf(role).filter(({Action}) => many(Action).includes(action)).flatMap(({Resource}) => many(Resource))

/** Whatever a function may set off by its role: no code can do more. */
const fromFunction = (name: string): string[] => [
  ...mayPublish(name).map((event) => `event ${event}`),
  ...allowed(name, 'lambda:InvokeFunction').map((arn) => `function ${arnName(arn)}`),
  ...allowed(name, 'states:StartExecution').map((arn) => `workflow ${arnName(arn)}`),
  ...allowed(name, 's3:PutObject').map(() => 'object')
]

const statesOf = ({States}: Definition): AslState[] =>
  Object.values(States).flatMap((state) => [state, ...state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)])

/** By its parameters, so that another way to call the same service counts too. */
const fromWorkflow = (definition: string): string[] => statesOf(JSON.parse(definition) as Definition).flatMap(({Resource, Parameters}) => [
  ...Parameters?.FunctionName === undefined ? [] : [`function ${arnName(Parameters.FunctionName)}`],
  ...Resource?.startsWith('arn:aws:lambda:') ? [`function ${arnName(Resource)}`] : [],
  ...Resource?.endsWith(':s3:completeMultipartUpload') ? ['object'] : [],
  ...(Parameters?.Entries ?? []).map(({DetailType}) => `event ${DetailType}`)
])

const fromRule = (rule: string): string[] => wired('aws_cloudwatch_event_target').filter((target) => target.rule === rule)
  .map(({arn}) => `${arn.includes(':function:') ? 'function' : 'workflow'} ${arnName(arn)}`)

const fromEvent = (event: string): string[] => wired('aws_cloudwatch_event_rule')
  .filter(({event_pattern: pattern}) => pattern && (JSON.parse(pattern) as Record<string, string[]>)['detail-type']?.includes(event))
  .flatMap(({name}) => fromRule(name))

/** Who sets off whom, whether a rule is enabled now or not. */
const graph = (): Graph => new Map([
  ...wired('aws_schemas_schema').map(({name}) => [`event ${name}`, fromEvent(name)] as const),
  ...wired('aws_lambda_function').map(({function_name: name}) => [`function ${name}`, fromFunction(name)] as const),
  ...wired('aws_sfn_state_machine').map(({name, definition}) => [`workflow ${name}`, fromWorkflow(definition)] as const),
  ['object', wired('aws_s3_bucket_notification').flatMap(({lambda_function: functions}) =>
    functions.map(({lambda_function_arn: arn}) => `function ${arnName(arn)}`))]
])

const cyclesFrom = (nodes: Graph, path: readonly string[]): string[][] => (nodes.get(path.at(-1)!) ?? []).flatMap((next) => {
  const at = path.indexOf(next)
  return at === -1 ? cyclesFrom(nodes, [...path, next]) : [[...path.slice(at), next]]
})

const cycles = (nodes: Graph): string[][] => [...nodes.keys()].flatMap((start) => cyclesFrom(nodes, [start])).filter(([first], index, all) =>
  all.findIndex(([other]) => other === first) === index)

describe('rules, workflow and publishers', () => {
  it('have no cycle', () => {
    expect(cycles(graph())).toEqual([])
  })

  it('lead from a request to the push', () => {
    const nodes = graph()
    const reached = new Set<string>()
    const visit = (node: string): void => {
      if (!reached.has(node)) {
        reached.add(node)
        nodes.get(node)?.forEach(visit)
      }
    }
    visit('function WebhookFeedly')
    expect([...reached]).toEqual(expect.arrayContaining([
      'function WebhookFeedly', 'function RequestFile', 'event FileRequested', 'function StartFileUpload',
      'event FileDownloadFailed', 'function SendPushNotification', 'event FileMetadataReady', 'workflow FileDownloadWorkflow',
      'event FileDownloadStarted', 'function TransferFile', 'function TransferRange', 'event FileDownloadProgressed', 'object', 'function S3ObjectCreated', 'event FileDownloadCompleted'
    ]))
  })

  it('would have one if the workflow invoked StartFileUpload, as the guide had it', () => {
    const nodes = new Map(graph())
    nodes.set('workflow FileDownloadWorkflow', [...nodes.get('workflow FileDownloadWorkflow')!, 'function StartFileUpload'])
    expect(cycles(nodes)).toContainEqual(['function StartFileUpload', 'event FileMetadataReady', 'workflow FileDownloadWorkflow', 'function StartFileUpload'])
  })
})
