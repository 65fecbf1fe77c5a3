import {describe, expect, it} from '@jest/globals'
import type {Observed, ReadObserved} from '../../../runtime/core/observed'
import type {Observation} from '../../../runtime/core/types'
import {samplesOf} from '../samples'
import {listMetrics, metricStatistics} from '../statistics'

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString()

const embedded = (second: number, Bytes: number | number[]): string => JSON.stringify({
  _aws: {Timestamp: Date.parse(at(second)), CloudWatchMetrics: [{Namespace: 'MediaDownloader', Dimensions: [['service'], []], Metrics: [{Name: 'Bytes', Unit: 'Bytes'}]}]},
  service: 'TransferFile', Bytes
})

const invocation = (functionName: string, second: number, milliseconds: number, error?: string): Observation =>
  ({type: 'invocation', at: at(second), functionName, requestId: 'r', milliseconds, ...(error !== undefined && {error})})

const observations: Observation[] = [
  {type: 'log', at: at(1), functionName: 'TransferFile', line: embedded(1, 10)},
  {type: 'log', at: at(61), functionName: 'TransferFile', line: embedded(61, [20, 40])},
  {type: 'log', at: at(2), functionName: 'TransferFile', line: 'no JSON with "CloudWatchMetrics" in it'},
  invocation('TransferFile', 5, 100), invocation('TransferFile', 6, 300, 'Error'), invocation('ListFiles', 7, 5),
  {type: 'execution', at: at(8), executionArn: 'arn:aws:states:us-west-2:1:execution:Flow:run', status: 'RUNNING'},
  {type: 'execution', at: at(9), executionArn: 'arn:aws:states:us-west-2:1:execution:Flow:run', status: 'FAILED'},
  {type: 'delivery', at: at(10), rule: 'Wanted', target: 'f', eventId: 'e', outcome: 'delivered', attempt: 1},
  {type: 'delivery', at: at(11), rule: 'Timer', target: 'f', eventId: 'e', outcome: 'dead-lettered', attempt: 1}
]

const read: ReadObserved = <Type extends Observation['type']>(type: Type) =>
  observations.map((each, id) => ({...each, id})).filter((each): each is Observed<Type> => each.type === type)

const samples = samplesOf(read, (rule) => rule === 'Wanted' ? 'Bus' : undefined)

const ask = (Namespace: string, MetricName: string, dimensions: Readonly<Record<string, string>>, more = {}) => metricStatistics(samples, {
  Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value})),
  StartTime: at(0), EndTime: new Date(Date.UTC(2026, 10, 23, 11)), Period: 60, Statistics: ['Sum'], ...more
}).Datapoints.map(({Timestamp: _, Unit: __, ...values}) => values)

describe('GetMetricStatistics', () => {
  it('has what a function writes in its log, period by period', () => {
    expect(ask('MediaDownloader', 'Bytes', {service: 'TransferFile'}, {Statistics: ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum']})).toEqual([
      {Sum: 10, SampleCount: 1, Average: 10, Minimum: 10, Maximum: 10}, {Sum: 60, SampleCount: 2, Average: 30, Minimum: 20, Maximum: 40}
    ])
  })

  it.each([
    ['AWS/Lambda', 'Invocations', {FunctionName: 'TransferFile'}, 2],
    ['AWS/Lambda', 'Invocations', {}, 3],
    ['AWS/Lambda', 'Errors', {FunctionName: 'TransferFile'}, 1],
    ['AWS/Lambda', 'Duration', {FunctionName: 'TransferFile'}, 400],
    ['AWS/States', 'ExecutionsStarted', {StateMachineArn: 'arn:aws:states:us-west-2:1:stateMachine:Flow'}, 1],
    ['AWS/States', 'ExecutionsFailed', {StateMachineArn: 'arn:aws:states:us-west-2:1:stateMachine:Flow'}, 1],
    ['AWS/Events', 'Invocations', {RuleName: 'Wanted', EventBusName: 'Bus'}, 1],
    ['AWS/Events', 'FailedInvocations', {RuleName: 'Timer'}, 1]
  ])('counts %s %s of %j', (namespace, name, dimensions, expected) => {
    expect(ask(namespace, name, dimensions)).toEqual([{Sum: expected}])
  })

  it('has nothing for a series with other dimensions', () => {
    expect(ask('AWS/Events', 'Invocations', {EventBusName: 'Bus'})).toEqual([])
  })

  it.each([
    ['Period', 61, 'InvalidParameterValue'], ['Statistics', [], 'InvalidParameterCombination'], ['Statistics', ['p99'], 'InvalidParameterCombination'],
    ['StartTime', 'yesterday', 'InvalidParameterValue'], ['EndTime', at(0), 'InvalidParameterValue'],
    ['StartTime', new Date(Date.UTC(2026, 1)), 'InvalidParameterCombination'], ['MetricName', '', 'MissingParameter']
  ])('refuses %s %j', (name, value, code) => {
    expect(() => ask('AWS/Lambda', 'Errors', {}, {[name]: value})).toThrow(expect.objectContaining({code}))
  })
})

describe('ListMetrics', () => {
  it('has each series once', () => {
    expect(listMetrics(samples, {Namespace: 'MediaDownloader'})).toEqual([
      {Namespace: 'MediaDownloader', MetricName: 'Bytes', Dimensions: [{Name: 'service', Value: 'TransferFile'}]},
      {Namespace: 'MediaDownloader', MetricName: 'Bytes', Dimensions: []}
    ])
  })

  it('finds series by a dimension, with or without its value', () => {
    expect(listMetrics(samples, {MetricName: 'Errors', Dimensions: [{Name: 'FunctionName'}]})).toHaveLength(2)
    expect(listMetrics(samples, {MetricName: 'Errors', Dimensions: [{Name: 'FunctionName', Value: 'ListFiles'}]})).toHaveLength(1)
  })
})
