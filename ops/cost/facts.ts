import {existsSync, readFileSync} from 'node:fs'
import type {Machine} from 'asl-verify/definition'
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

interface Resource {
  readonly type: string
  readonly values: {
    readonly function_name?: string
    readonly memory_size?: number
    readonly ephemeral_storage?: readonly {readonly size?: number}[]
    readonly metric_query?: readonly {readonly metric?: readonly unknown[]}[]
  }
}

interface Module {
  readonly resources?: readonly Resource[]
  readonly child_modules?: readonly Module[]
}

const resourcesOf = ({resources = [], child_modules: children = []}: Module): Resource[] => [...resources, ...children.flatMap(resourcesOf)]

/** Throws where there is no wiring, with the command that makes it. */
export const readFacts = (wiringFile: string, workflowFile: string): Facts => {
  if (!existsSync(wiringFile)) {
    throw new Error(`Expected ${wiringFile} to say how much memory each function has; it is missing. Run npm run wiring.`)
  }
  const wiring = JSON.parse(readFileSync(wiringFile, 'utf8')) as {values: {root_module: Module}}
  const resources = resourcesOf(wiring.values.root_module)
  const functions = resources.filter(({type}) => type === 'aws_lambda_function').map(({values}) => [
    values.function_name ?? '',
    {memoryMb: values.memory_size ?? 128, storageMb: values.ephemeral_storage?.[0]?.size ?? 512}
  ] as const)
  return {
    functions: Object.fromEntries(functions),
    transitions: transitionsByPath(JSON.parse(readFileSync(workflowFile, 'utf8')) as Machine),
    alarmMetrics: resources.filter(({type}) => type === 'aws_cloudwatch_metric_alarm')
      .flatMap(({values}) => values.metric_query ?? []).flatMap(({metric}) => metric ?? []).length,
    dashboards: resources.filter(({type}) => type === 'aws_cloudwatch_dashboard').length
  }
}
