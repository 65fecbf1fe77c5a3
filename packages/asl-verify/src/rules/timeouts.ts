import {allStates} from '../definition'
import {functionName} from '../tasks/integration'
import type {Rule} from './rule'

/** Every task has a timeout, and one that invokes a function waits longer than the function may take. */
export const checkTimeouts: Rule = (workflow, {functions}, report) => allStates(workflow).forEach(({name, state, pointer}) => {
  if (state.Type !== 'Task') {
    return
  }
  if (state.TimeoutSeconds === undefined && state.TimeoutSecondsPath === undefined) {
    report({code: 'timeout-missing', state: name, pointer, sentence: 'Expected TimeoutSeconds; found none, which means 99,999,999 seconds. Say how long the task may take.'})
  }
  const needed = functions[functionName(state) ?? '']
  if (needed !== undefined && state.TimeoutSeconds !== undefined && state.TimeoutSeconds <= needed) {
    report({code: 'timeout-too-short', state: name, pointer: `${pointer}/TimeoutSeconds`, sentence: `Expected more than the function's own ${needed} s, whose error says what happened; found ${state.TimeoutSeconds} s. Wait longer than the function may take.`})
  }
})

/** The number of a Map's iterations at a time is a decision. */
export const checkConcurrency: Rule = (workflow, _facts, report) => allStates(workflow).forEach(({name, state, pointer}) => {
  if (state.Type === 'Map' && !state.MaxConcurrency && state.MaxConcurrencyPath === undefined) {
    report({code: 'map-concurrency', state: name, pointer, sentence: 'Expected MaxConcurrency of at least 1; found none, which means as many as Step Functions can. Say how many the other side bears.'})
  }
})
