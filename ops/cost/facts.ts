import type {Machine} from 'asl-verify/definition'
import {readJson} from '../../shared/read-json'
import {block, blocks, number, text} from '../../shared/wiring/values'
import {readWiring} from '../../shared/wiring/wiring'
import {type Path, transitionsByPath} from './paths'

/** What the deployed functions have; from local/wiring.json. */
export interface FunctionSize {
  readonly memoryMb: number
  readonly storageMb: number
}

/** What the model takes from the repository itself. */
export interface Facts {
  readonly functions: Readonly<Record<string, FunctionSize>>
  readonly transitions: Readonly<Record<Path, number>>
  /** Metrics that alarms watch: each is billed, not each alarm. */
  readonly alarmMetrics: number
  readonly dashboards: number
}

/** Throws StartError if there is no wiring, with the command that makes it. */
export const readFacts = (wiringFile: string, workflowFile: string): Facts => {
  const wiring = readWiring(wiringFile)
  return {
    functions: Object.fromEntries(wiring.ofType('aws_lambda_function').map(({values}) => [
      text(values, 'function_name'), {memoryMb: number(values, 'memory_size', 128), storageMb: number(block(values, 'ephemeral_storage'), 'size', 512)}
    ])),
    transitions: transitionsByPath(readJson<Machine>(workflowFile)),
    alarmMetrics: wiring.ofType('aws_cloudwatch_metric_alarm')
      .flatMap(({values}) => blocks(values, 'metric_query')).flatMap((query) => blocks(query, 'metric')).length,
    dashboards: wiring.ofType('aws_cloudwatch_dashboard').length
  }
}
