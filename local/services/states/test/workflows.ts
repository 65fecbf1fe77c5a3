import {DatabaseSync} from 'node:sqlite'
import type {InvocationResult, Observation, PutEventsEntry, PutEventsResult, StatesService} from '../../../runtime/core/types'
import {manualClock, type ManualClock, settled} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import type {StatesDeps} from '../deps'
import {openTables} from '../engine/tables'
import {createStates} from '../service'

export const MACHINE = 'arn:aws:states:us-west-2:123456789012:stateMachine:Machine'
export const EXECUTION = 'arn:aws:states:us-west-2:123456789012:execution:Machine'
export const ROLE = 'arn:aws:iam::123456789012:role/R'
export const FUNCTION = 'arn:aws:lambda:us-west-2:123456789012:function'

/** What a function does: a value to answer, an Error to fail with, or anything that waits. */
export type FunctionBody = (input: unknown) => unknown

export interface Bench {
  readonly states: StatesService
  readonly clock: ManualClock
  readonly db: DatabaseSync
  readonly calls: Array<{readonly name: string, readonly input: unknown}>
  readonly published: PutEventsEntry[]
  readonly observed: Observation[]
  start: (input?: unknown, name?: string) => string
  /** How an execution stands. */
  look: (name?: string) => {readonly status: string, readonly output?: unknown, readonly error?: string, readonly cause?: string}
  /** The history, as `type` or `type:name`. */
  trail: (name?: string) => string[]
  events: (name?: string) => Array<Record<string, unknown>>
}

export const wiringWith = (definition: unknown) => parseWiring({values: {root_module: {resources: [{
  address: 'm', type: 'aws_sfn_state_machine', name: 'this', values: {
    arn: MACHINE, name: 'Machine', role_arn: ROLE, type: 'STANDARD', definition: typeof definition === 'string' ? definition : JSON.stringify(definition)
  }
}]}}})

const outcome = async (body: FunctionBody | undefined, name: string, payload: string): Promise<InvocationResult> => {
  try {
    if (body === undefined) {
      throw new Error(`no function ${name}`)
    }
    return {payload: JSON.stringify(await body(JSON.parse(payload)) ?? null)}
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'ServiceError') {
      throw error
    }
    return {functionError: 'Unhandled', payload: JSON.stringify({errorType: error.name, errorMessage: error.message, trace: []})}
  }
}

const eventName = (event: Readonly<Record<string, unknown>>): string => {
  const details = Object.values(event).find((value): value is {name?: string} => typeof value === 'object' && value !== null)
  return details?.name === undefined ? String(event['type']) : `${String(event['type'])}:${details.name}`
}

/** An engine with a clock in hand, functions to call, ids `id-1`, `id-2`, … and no chance. */
export const bench = (definition: unknown, functions: Readonly<Record<string, FunctionBody>> = {}, options: Partial<StatesDeps> = {}): Bench => {
  const clock = (options.clock ?? manualClock()) as ManualClock
  const db = options.db ?? new DatabaseSync(':memory:')
  const made = {clock, db, calls: [] as Bench['calls'], published: [] as PutEventsEntry[], observed: [] as Observation[]}
  let ids = 0
  const states = createStates({
    clock, db, wiring: wiringWith(definition),
    observe: (observation) => made.observed.push(observation),
    invoke: (name, payload) => {
      made.calls.push({name: name.split(':').at(-1) as string, input: JSON.parse(payload)})
      return outcome(functions[name.split(':').at(-1) as string], name, payload)
    },
    putEvents: (entries): PutEventsResult => {
      made.published.push(...entries)
      return {FailedEntryCount: 0, Entries: entries.map((_, index) => ({EventId: `event-${index + 1}`}))}
    },
    endpoint: () => 'http://127.0.0.1:1',
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    ...options
  })
  const tables = openTables(db)
  const events = (name = 'run') => tables.events(`${EXECUTION}:${name}`) as unknown as Array<Record<string, unknown>>
  return {
    ...made, states, events,
    start: (input = {}, name = 'run') => states.startExecution({stateMachineArn: MACHINE, name, input: JSON.stringify(input)}).executionArn,
    look: (name = 'run') => {
      const {status = 'NONE', output, error, cause} = tables.execution(`${EXECUTION}:${name}`) ?? {}
      const ended = output === undefined ? {} : {output: JSON.parse(output) as unknown}
      return {status, ...ended, ...(error !== undefined && {error}), ...(cause !== undefined && {cause})}
    },
    trail: (name) => events(name).map(eventName)
  }
}

/** Runs a definition to its end in no time. */
export const runOnce = async (definition: unknown, input: unknown = {}, functions: Readonly<Record<string, FunctionBody>> = {}) => {
  const work = bench(definition, functions)
  work.start(input)
  await settled()
  return work
}

export const succeeded = (output: unknown) => ({status: 'SUCCEEDED', output})
export const failed = (error: string, cause: unknown = '') => ({status: 'FAILED', error, cause})
