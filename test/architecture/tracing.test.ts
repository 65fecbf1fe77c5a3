import {globSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {read} from './sources'
import {statementsOf, wired} from './wired'

const handlers = globSync('src/lambdas/*/src/index.ts').sort()
const traces = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']

const actionsOf = (role: string): string[] => statementsOf(role).filter(({Sid}) => Sid === 'WriteTraces').flatMap(({Action}) => Action)

describe('each function', () => {
  it.each(handlers)('is traced, and names itself in its log lines, by withXRay: %s', (path) => {
    const exported = [...read(path).matchAll(/^export const (\w+)\b(.*)$/gm)].map(([, name, rest]) => `${name}${rest}`)
    expect(exported).toEqual([expect.stringMatching(/^handler = withXRay\(/)])
  })

  it.each(wired('aws_lambda_function'))('has its calls and its traces enabled: $function_name', ({function_name: name, tracing_config: [tracing]}) => {
    expect({mode: tracing.mode, may: actionsOf(name).sort()}).toEqual({mode: 'Active', may: traces})
  })
})

describe('the workflow', () => {
  it.each(wired('aws_sfn_state_machine'))('is traced: $name', ({name, tracing_configuration: [tracing]}) => {
    expect({enabled: tracing.enabled, may: actionsOf(name)}).toEqual({enabled: true, may: expect.arrayContaining(traces)})
  })
})
