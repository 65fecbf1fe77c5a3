import {asList, isObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {requiredString} from '../../runtime/core/json'
import type {Sample} from './samples'

/** What one period of a series comes to. */
export interface Datapoint {
  readonly Timestamp: Date
  readonly Unit: string
  readonly [statistic: string]: unknown
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SampleCount: (values) => values.length,
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values)
}

const maxDatapoints = 1440

const dateAt = (input: Json, name: string): number => {
  const value = input[name]
  const date = value instanceof Date ? value : new Date(typeof value === 'number' ? value * 1000 : requiredString(input, name, 'MissingParameter'))
  if (Number.isNaN(date.getTime())) {
    throw new ServiceError('InvalidParameterValue', `The parameter ${name} must be a time; it is '${String(value)}'.`)
  }
  return date.getTime()
}

const periodIn = (input: Json): number => {
  const period = Number(input['Period'])
  if (!Number.isInteger(period) || !([1, 5, 10, 20, 30].includes(period) || (period > 0 && period % 60 === 0))) {
    throw new ServiceError('InvalidParameterValue', 'The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.')
  }
  return period * 1000
}

const wantedIn = (input: Json): string[] => {
  const wanted = asList(input['Statistics']).map(String)
  const unknown = wanted.find((name) => !Object.hasOwn(statistics, name))
  if (wanted.length === 0 || unknown !== undefined) {
    throw new ServiceError('InvalidParameterCombination', unknown === undefined
      ? 'At least one of the parameters Statistics must be specified; the embedded CloudWatch has no extended statistics.'
      : `The parameter Statistics has '${unknown}'; there are ${Object.keys(statistics).join(', ')}.`)
  }
  return wanted
}

/** Dimensions of an input, as name → value. */
export const dimensionsIn = (input: Json): Record<string, string> =>
  Object.fromEntries(asList(input['Dimensions']).filter(isObject).map(({Name, Value}) => [String(Name), String(Value ?? '')]))

const isSame = (one: Sample['dimensions'], other: Sample['dimensions']): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, value]) => other[name] === value)

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
export const metricStatistics = (samples: readonly Sample[], input: Json): {readonly Label: string, readonly Datapoints: Datapoint[]} => {
  const [namespace, name] = [requiredString(input, 'Namespace', 'MissingParameter'), requiredString(input, 'MetricName', 'MissingParameter')]
  const [start, end, period, wanted] = [dateAt(input, 'StartTime'), dateAt(input, 'EndTime'), periodIn(input), wantedIn(input)]
  if (start >= end) {
    throw new ServiceError('InvalidParameterValue', 'The parameter StartTime must be less than the parameter EndTime.')
  }
  if ((end - start) / period > maxDatapoints) {
    throw new ServiceError('InvalidParameterCombination', `You have requested up to ${Math.ceil((end - start) / period)} datapoints, which exceeds the limit of ${
      maxDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`)
  }
  const dimensions = dimensionsIn(input)
  const found = samples.filter((sample) => sample.namespace === namespace && sample.name === name && isSame(sample.dimensions, dimensions)
    && sample.at >= start && sample.at < end && (input['Unit'] === undefined || input['Unit'] === sample.unit))
  const periods = new Map<number, Sample[]>()
  for (const sample of found) {
    const at = start + Math.floor((sample.at - start) / period) * period
    periods.set(at, [...periods.get(at) ?? [], sample])
  }
  return {Label: name, Datapoints: [...periods].sort(([one], [other]) => one - other).map(([at, inside]) => ({
    Timestamp: new Date(at), Unit: inside[0]!.unit,
    ...Object.fromEntries(wanted.map((statistic) => [statistic, statistics[statistic]!(inside.map(({value}) => value))]))
  }))}
}

const isAsked = (asked: unknown, value: string): boolean => asked === undefined || asked === value

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
export const listMetrics = (samples: readonly Sample[], input: Json): Json[] => {
  const wanted = asList(input['Dimensions']).filter(isObject)
  const series = new Map(samples.map((sample) => [JSON.stringify([sample.namespace, sample.name, sample.dimensions]), sample]))
  return [...series.values()]
    .filter(({namespace, name, dimensions}) => isAsked(input['Namespace'], namespace) && isAsked(input['MetricName'], name)
      && wanted.every(({Name, Value}) => dimensions[String(Name)] !== undefined && isAsked(Value, dimensions[String(Name)]!)))
    .map(({namespace, name, dimensions}) => ({
      Namespace: namespace, MetricName: name, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value}))
    }))
}
