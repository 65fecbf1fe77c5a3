import type {State} from 'asl-verify/definition'
import {runtimeError, StatesError} from '../asl/errors'
import {parseTimestamp} from '../asl/timestamp'
import {leave} from './completion'
import {failLine} from './failure'
import {tell} from './history'
import type {Frame} from './model'
import {type Run, createScope, currentState, touch} from './run'
import {wake} from './timers'

type Handler = (run: Run, frame: Frame, state: State) => void

const pass: Handler = (run, frame, state) => {
  const scope = createScope(run, frame)
  const input = run.language.input(state, scope)
  leave(run, frame, run.language.output(state, scope, state.Result === undefined ? input : state.Result))
}

const choice: Handler = (run, frame, state) => {
  const scope = createScope(run, frame)
  const {input, output} = run.language.passed(state, scope)
  const next = run.language.chosen(state, {...scope, input})
  if (next === undefined) {
    throw new StatesError('States.NoChoiceMatched', 'Failed to transition out of the state. The state does not point to a next state.', true)
  }
  leave(run, frame, output, next)
}

const succeed: Handler = (run, frame, state) => leave(run, frame, run.language.passed(state, createScope(run, frame)).output)

const text = (value: unknown): string => value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

const failState: Handler = (run, frame, state) => {
  const scope = createScope(run, frame)
  const error = new StatesError(text(run.language.member(state, 'Error', scope)), text(run.language.member(state, 'Cause', scope)))
  tell(run, frame, 'failed', error.error)
  failLine(run, frame, error)
}

const named = (state: State, name: string): string => state[`${name}Path`] === undefined ? name : `${name}Path`

/** When a Wait is over, in epoch ms. */
const until = (run: Run, frame: Frame, state: State): number => {
  const scope = {...createScope(run, frame), input: run.language.passed(state, createScope(run, frame)).input}
  const seconds = run.language.member(state, 'Seconds', scope)
  if (seconds !== undefined) {
    if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0) {
      throw runtimeError(`The ${named(state, 'Seconds')} parameter cannot be parsed as a long value: ${String(state['SecondsPath'] ?? '')} == ${JSON.stringify(seconds)}`)
    }
    return run.engine.deps.clock.now() + seconds * 1000
  }
  const timestamp = run.language.member(state, 'Timestamp', scope)
  return parseTimestamp(timestamp) ?? (() => {
    throw runtimeError(`The ${named(state, 'Timestamp')} parameter does not reference a valid ISO-8601 extended offset date-time format string: `
      + `${String(state['TimestampPath'] ?? '')} == ${text(timestamp)}`)
  })()
}

/** A Wait is over. */
export const finishWait = (run: Run, frame: Frame): void =>
  leave(run, frame, run.language.passed(currentState(run, frame), createScope(run, frame)).output)

const wait: Handler = (run, frame, state) => {
  const moment = until(run, frame, state)
  if (moment <= run.engine.deps.clock.now()) {
    finishWait(run, frame)
    return
  }
  frame.phase = {kind: 'waiting', until: moment}
  touch(run, frame)
  wake(run, frame)
}

/** The states that need no one else. */
export const simpleStates = {Pass: pass, Choice: choice, Succeed: succeed, Fail: failState, Wait: wait}
