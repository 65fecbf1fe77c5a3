import {allMachines, statesOf} from '../definition'
import {allWays, isEnd, reachable} from './graph'
import type {Rule} from './rule'

/** Every state is reached and leads to an end; every choice has a way for what it does not expect. */
export const checkReach: Rule = (workflow, _facts, report) => allMachines(workflow).forEach((placed) => {
  const {machine} = placed
  const reached = reachable(machine, [machine.StartAt], allWays)
  for (const {name, state, pointer} of statesOf(placed)) {
    if (!reached.has(name)) {
      report({code: 'state-unreachable', state: name, pointer, sentence: `Expected a way from ${machine.StartAt} to ${name}; found none. Lead there by Next, Default or Catch, or remove the state.`})
    }
    if (![...reachable(machine, [name], allWays)].some((each) => isEnd(machine.States[each]!))) {
      report({code: 'state-without-end', state: name, pointer, sentence: `Expected an end that can be reached from ${name}; found a circle. Lead out of it.`})
    }
    if (state.Type === 'Choice' && state.Default === undefined) {
      report({code: 'choice-without-default', state: name, pointer, sentence: 'Expected a Default; found none: what matches no rule ends the execution by States.NoChoiceMatched, which nothing catches. Add a Default.'})
    }
  }
})
