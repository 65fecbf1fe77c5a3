import {type Machine, type PlacedMachine, type State, listStates} from '../definition'
import type {Facts} from '../facts/facts'
import {matcherWord, matches} from '../tasks/match'
import {goodWays, isEnd} from './graph'
import type {Rule} from './rule'

/** A way through the workflow on which all goes well. */
export interface GoodPath {
  readonly states: readonly string[]
  /** How many of them count against the budget. */
  readonly counted: number
  /** Has no Map and no Parallel. */
  readonly isCommon: boolean
  /** The Maps on it, and how many states each item of theirs enters at most. */
  readonly items: ReadonlyArray<{readonly of: string, readonly states: number}>
}

const maxPaths = 1000

const maxStates = (each: Machine): number => Math.max(...pathsFrom(each, each.StartAt, []).map(({length}) => length))

const listMaps = (path: ReadonlyArray<{readonly name: string, readonly state: State}>): GoodPath['items'] =>
  path.flatMap(({name, state: {ItemProcessor: each}}) => each === undefined ? [] : [{of: name, states: maxStates(each)}])

/** The ways on which nothing fails and everything promised is delivered. Iterations of a Map are not counted. */
export const goodPaths = (workflow: PlacedMachine, {policy: {delivers, budget}}: Facts): GoodPath[] => {
  const states = new Map(listStates(workflow).map(({name, state}) => [name, state]))
  return pathsFrom(workflow.machine, workflow.machine.StartAt, [])
    .map((path) => path.map((name) => ({name, state: states.get(name)!})))
    .filter((path) => path.at(-1)!.state.Type !== 'Fail' && delivers.every((matcher) => path.some(({state}) => matches(state, matcher))))
    .map((path) => ({
      states: path.map(({name}) => name),
      counted: path.filter(({state}) => !budget.besides.some((matcher) => matches(state, matcher))).length,
      isCommon: path.every(({state}) => state.Type !== 'Map' && state.Type !== 'Parallel'),
      items: listMaps(path)
    }))
}

const pathsFrom = (machine: Machine, name: string, before: readonly string[]): string[][] => {
  const state = machine.States[name]
  const path = [...before, name]
  if (state === undefined || before.includes(name)) {
    return []
  }
  const on = goodWays(state).flatMap(({to}) => pathsFrom(machine, to, path)).slice(0, maxPaths)
  return isEnd(state) ? [path, ...on] : on
}

/** The common path has no more states than promised: each is billed. */
export const checkBudget: Rule = (workflow, facts, report) => {
  const {budget} = facts.policy
  for (const {states, counted, isCommon} of goodPaths(workflow, facts)) {
    if (isCommon && counted > budget.states) {
      report({code: 'budget', state: states[0]!, pointer: `${workflow.pointer}/States`, sentence: `Expected at most ${budget.states} states besides ${budget.besides.map(matcherWord).join(', ')}; found ${counted}: ${states.join(' → ')}. Join states, or raise the budget in the policy.`})
    }
  }
}
