import {isoTime} from '../../../runtime/core/clock'
import {StatesError} from '../asl/errors'
import {type Frame, MAX_EVENTS} from './model'
import type {Run} from './run'

/** The execution has as many events as one may have: it ends. */
export class HistoryFull extends StatesError {
  constructor() {
    super('States.Runtime', `The execution reached the maximum number of history events (${MAX_EVENTS}).`)
  }
}

const detailsKey = (type: string): string => {
  const named = /State(Entered|Exited)$/.exec(type)?.[1]
  return named === undefined ? `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails` : `state${named}EventDetails`
}

/** What an event says besides its type; it is worked out if a history is kept. */
export type Details = () => object

/** Writes an event of a frame's line; it becomes the one that the next points back to. Throws HistoryFull. */
export const record = (run: Run, frame: Frame, type: string, details?: Details): void => {
  if (run.events >= MAX_EVENTS - 1 && !type.startsWith('Execution')) {
    throw new HistoryFull()
  }
  run.events += 1
  if (run.engine.tables.keepsHistory) {
    run.engine.tables.addEvent(run.execution.arn, {
      timestamp: run.engine.deps.clock.now() / 1000,
      type,
      id: run.events,
      previousEventId: frame.lastEvent,
      ...(details !== undefined && {[detailsKey(type)]: details()})
    })
  }
  frame.lastEvent = run.events
}

const whole = {truncated: false}

/** Data of an event, as the API gives it. */
export const inputDetails = (input: unknown): object => ({input: JSON.stringify(input), inputDetails: whole})
export const outputDetails = (output: unknown): object => ({output: JSON.stringify(output), outputDetails: whole})

/** An error without a cause has none in the history, though Catch gives an empty one. */
export const errorDetails = (error: string | undefined, cause: string | undefined): object =>
  ({...(error !== undefined && error !== '' && {error}), ...(cause !== undefined && cause !== '' && {cause})})

/** Tells those who watch what a state did. */
export const tell = (run: Run, frame: Frame, phase: 'entered' | 'exited' | 'failed' | 'retrying', error?: string): void => {
  const {engine, execution, fileId} = run
  engine.deps.observe({
    type: 'state', at: isoTime(engine.deps.clock), executionArn: execution.arn, state: frame.state, phase,
    ...(fileId !== undefined && {fileId}), ...(error !== undefined && {error})
  })
}

export const tellExecution = ({engine, execution, fileId}: Run): void => engine.deps.observe({
  type: 'execution', at: isoTime(engine.deps.clock), executionArn: execution.arn, status: execution.status,
  ...(fileId !== undefined && {fileId}), ...(execution.error !== undefined && {error: execution.error})
})
