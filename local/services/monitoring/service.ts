import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import {optionalString} from '../../runtime/core/json'
import {takePage} from '../../runtime/core/pages'
import type {Service} from '../../runtime/core/types'
import type {ReadObserved} from '../../runtime/core/observed'
import {answerAny} from './protocol'
import {type BusOf, samplesOf} from './samples'
import {listMetrics, metricStatistics} from './statistics'

export interface MonitoringDeps {
  readonly wiring: Wiring
  readonly observed: ReadObserved
}

const busesOf = (wiring: Wiring): BusOf => {
  const buses = new Map(wiring.ofType('aws_cloudwatch_event_rule').map(({values}) => [text(values, 'name'), text(values, 'event_bus_name')]))
  return (rule) => ['', 'default'].includes(buses.get(rule) ?? '') ? undefined : buses.get(rule)
}

const pageSize = 500

/** Metrics of what the runtime has observed: of functions, workflows and rules, and what functions write by themselves. */
export const createMonitoring = ({wiring, observed}: MonitoringDeps): Service => {
  const samples = () => samplesOf(observed, busesOf(wiring))
  return {
    signingName: 'monitoring',
    handle: (request, response) => answerAny(request, response, {
      GetMetricStatistics: (input) => metricStatistics(samples(), input),
      ListMetrics: (input) => {
        const {items, next} = takePage(listMetrics(samples(), input), pageSize, optionalString(input, 'NextToken'))
        return {Metrics: items, ...(next !== undefined && {NextToken: next})}
      }
    })
  }
}
