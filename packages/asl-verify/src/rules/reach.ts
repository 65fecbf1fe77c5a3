import {allMachines, listStates} from '../definition'
import {allWays, isEnd, reachable} from './graph'
import type {Rule} from './rule'

/** Every state leads to an end; every choice has a way for what it does not expect. */
export const checkReach: Rule = (workflow, _facts, report) => allMachines(workflow).forEach((placed) => {
  const {machine} = placed
  for (const {name, state, pointer} of listStates(placed)) {
    if (![...reachable(machine, [name], allWays)].some((each) => isEnd(machine.States[each]!))) {
      report({code: 'state-without-end', state: name, pointer, sentence: `Expected an end that can be reached from ${name}; found a circle. Lead out of it.`})
    }
    if (state.Type === 'Choice' && state.Default === undefined) {
      report({code: 'choice-without-default', state: name, pointer, sentence: 'Expected a Default; found none: what matches no rule ends the execution by States.NoChoiceMatched, which nothing catches. Add a Default.'})
    }
  }
})
