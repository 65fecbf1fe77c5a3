import {basename} from 'node:path'
import {block, number, text} from './values'
import type {WiredResource, Wiring} from './wiring'

/** A function as the wiring deploys it. */
export interface WiredFunction {
  readonly name: string
  readonly arn: string
  /** Folder of its bundle in dist/lambdas: the zip's name, which keeps no suffix of the deployment. */
  readonly bundle: string
  /** `<module>.<export>` */
  readonly handler: string
  /** AWS's name of the runtime, which the function is told; the sandbox runs on this machine's Node. */
  readonly runtime: string
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  /** Invocations at a time that are kept for it, and no more; absent: it shares what the account has left. */
  readonly reservedConcurrency?: number
  readonly environment: Readonly<Record<string, string>>
  readonly asynchronous: AsynchronousConfig
}

/** What becomes of asynchronous invocations that fail; AWS's defaults if nothing is configured. */
export interface AsynchronousConfig {
  readonly maximumRetryAttempts: number
  readonly maximumEventAgeSeconds: number
  readonly onFailureArn?: string
}

/** The state has the zip as `filename` if it was not pruned; the module's name says it as well. */
const bundleName = ({address, values}: WiredResource): string => {
  const filename = text(values, 'filename')
  const module = /^module\.(\w+)\./.exec(address)?.[1]
  return filename !== '' ? basename(filename, '.zip') : module ?? text(values, 'function_name')
}

const readAsynchronousConfig = (wiring: Wiring, {arn, name}: {arn: string, name: string}): AsynchronousConfig => {
  const config = wiring.ofType('aws_lambda_function_event_invoke_config').find(({values}) => [arn, name].includes(text(values, 'function_name')))
  const values = config?.values ?? {}
  const onFailureArn = text(block(block(values, 'destination_config'), 'on_failure'), 'destination')
  return {
    maximumRetryAttempts: number(values, 'maximum_retry_attempts', 2),
    maximumEventAgeSeconds: number(values, 'maximum_event_age_in_seconds', 21_600),
    ...(onFailureArn !== '' && {onFailureArn})
  }
}

const readEnvironment = ({values}: WiredResource): Record<string, string> => {
  const variables = block(values, 'environment')['variables']
  return Object.fromEntries(Object.entries(variables ?? {}).map(([name, value]) => [name, String(value)]))
}

const readReservation = ({values}: WiredResource): Pick<WiredFunction, 'reservedConcurrency'> => {
  const reserved = number(values, 'reserved_concurrent_executions', -1)
  return reserved < 0 ? {} : {reservedConcurrency: reserved}
}

/** Every function of the wiring. */
export const wiredFunctions = (wiring: Wiring): WiredFunction[] => wiring.ofType('aws_lambda_function').map((resource) => {
  const name = text(resource.values, 'function_name')
  const arn = text(resource.values, 'arn')
  return {
    name,
    arn,
    bundle: bundleName(resource),
    handler: text(resource.values, 'handler') || 'index.handler',
    runtime: text(resource.values, 'runtime') || 'nodejs22.x',
    timeoutSeconds: number(resource.values, 'timeout', 3),
    memoryMegabytes: number(resource.values, 'memory_size', 128),
    ...readReservation(resource),
    environment: readEnvironment(resource),
    asynchronous: readAsynchronousConfig(wiring, {arn, name})
  }
})
