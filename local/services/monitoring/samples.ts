import type {ReadObserved} from '../../runtime/core/observed'
import {asList, asObject, isObject, type Json, parsedJson} from '../../../shared/json'

/** One value of a metric, at a time. */
export interface Sample {
  readonly namespace: string
  readonly name: string
  /** Name → value; a series has exactly these. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly unit: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly value: number
}

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number')

const directiveSamples = (document: Json, directive: Json, at: number): Sample[] => asList(directive['Dimensions']).flatMap((set) => {
  const dimensions = Object.fromEntries(asList(set).map((name) => [String(name), String(document[String(name)])]))
  return asList(directive['Metrics']).filter(isObject).flatMap(({Name, Unit}) => numbers(document[String(Name)]).map((value) => ({
    namespace: String(directive['Namespace']), name: String(Name), dimensions, unit: String(Unit ?? 'None'), at, value
  })))
})

/** Metrics that a function writes into its log: Embedded Metric Format. */
const embedded = (line: string): Sample[] => {
  if (!line.includes('"CloudWatchMetrics"')) {
    return []
  }
  const document = asObject(parsedJson(line))
  const {CloudWatchMetrics, Timestamp} = asObject(document['_aws'])
  return asList(CloudWatchMetrics).filter(isObject).flatMap((directive) => directiveSamples(document, directive, Number(Timestamp)))
}

const count = (namespace: string, name: string, dimensions: Sample['dimensions'], at: string): Sample =>
  ({namespace, name, dimensions, unit: 'Count', at: Date.parse(at), value: 1})

/** Each with the function's name, and once more over all. */
const invocationSamples = (read: ReadObserved): Sample[] => read('invocation').flatMap(({functionName, at, milliseconds, error}) => {
  const series: Array<Sample['dimensions']> = [{FunctionName: functionName}, {}]
  return series.flatMap((dimensions) => [
    count('AWS/Lambda', 'Invocations', dimensions, at),
    {...count('AWS/Lambda', 'Errors', dimensions, at), value: error === undefined ? 0 : 1},
    {...count('AWS/Lambda', 'Duration', dimensions, at), unit: 'Milliseconds', value: milliseconds}
  ])
})

const executionMetrics: Readonly<Record<string, string>> = {
  RUNNING: 'ExecutionsStarted', SUCCEEDED: 'ExecutionsSucceeded', FAILED: 'ExecutionsFailed', ABORTED: 'ExecutionsAborted', TIMED_OUT: 'ExecutionsTimedOut'
}

const executionSamples = (read: ReadObserved): Sample[] => read('execution').flatMap(({executionArn, status, at}) => {
  const name = executionMetrics[status]
  const arn = executionArn.replace(':execution:', ':stateMachine:').split(':').slice(0, -1).join(':')
  return name === undefined ? [] : [count('AWS/States', name, {StateMachineArn: arn}, at)]
})

const deliveryMetrics = {delivered: 'Invocations', 'dead-lettered': 'FailedInvocations', retrying: 'RetryInvocationAttempts'} as const

/** A rule of a bus of one's own has both dimensions; one of the default bus its name alone. */
const deliverySamples = (read: ReadObserved, busOf: BusOf): Sample[] => read('delivery').map(({rule, outcome, at}) => {
  const bus = busOf(rule)
  return count('AWS/Events', deliveryMetrics[outcome], {RuleName: rule, ...(bus !== undefined && {EventBusName: bus})}, at)
})

/** The bus of a rule, if it is not the default one. */
export type BusOf = (rule: string) => string | undefined

/** Everything that the runtime has observed, as metrics. */
export const samplesOf = (read: ReadObserved, busOf: BusOf): Sample[] => [
  ...read('log').flatMap(({line}) => embedded(line)), ...invocationSamples(read), ...executionSamples(read), ...deliverySamples(read, busOf)
]
