import {allMachines, type Machine, type PlacedMachine, type State} from '../definition'
import {formatPointer, type Report} from '../finding'
import type {Facts} from '../facts/facts'
import {readExpressions} from '../tasks/dynamodb-expressions'
import {isWrite} from '../tasks/integration'
import {allWays, findCycle, goodWays, nextTo, reachable} from './graph'
import type {Rule} from './rule'

/** Every cycle passes a counter: in the record, by a condition whose failure leads out, or in the data, by a choice. */
export const checkLoops: Rule = (workflow, facts, report) => allMachines(workflow).forEach((placed) => checkMachine(placed, facts, report))

const checkMachine = ({machine, pointer}: PlacedMachine, facts: Facts, report: Report): void => {
  const told = new Set<string>()
  for (const name of Object.keys(machine.States)) {
    const cycle = findCycle(machine, name)
    const counters = cycle.filter((each) => isCounter(machine, each, cycle, facts))
    const isFree = cyclic(machine, name, (each) => counters.includes(each))
    if (isFree && !told.has(name)) {
      cycle.forEach((each) => told.add(each))
      report({code: 'unbounded-loop', state: name, pointer: `${pointer}${formatPointer('States', name)}`, sentence: `Expected a counter in the cycle ${cycle.join(', ')}; found none, so it may go round for a year. Count in the record by ADD with a condition, or in the data by States.MathAdd with a Choice.`})
    }
  }
}

const cyclic = (machine: Machine, name: string, leaveOut: (name: string) => boolean): boolean =>
  !leaveOut(name) && reachable(machine, nextTo(machine, name), allWays, leaveOut).has(name)

const isCounter = (machine: Machine, name: string, cycle: readonly string[], facts: Facts): boolean => {
  const state = machine.States[name]!
  return isWrite(state) ? countsInRecord(state, cycle, facts) : state.Type === 'Choice' && countsInData(machine, state, cycle)
}

const countsInRecord = (state: State, cycle: readonly string[], facts: Facts): boolean => {
  const {updates, comparisons} = readExpressions(state, facts)
  const counted = updates.filter(({how}) => how === 'add').map(({attribute}) => attribute)
  const isLimited = comparisons.some(({attribute, value}) => value !== undefined && counted.includes(attribute))
  const exits = state.Catch?.filter(({ErrorEquals}) => ErrorEquals.includes('DynamoDB.ConditionalCheckFailedException')) ?? []
  return isLimited && exits.length > 0 && exits.every(({Next}) => !cycle.includes(Next))
}

const countsInData = ({States}: Machine, state: State, cycle: readonly string[]): boolean => {
  const leaves = goodWays(state).some(({to}) => !cycle.includes(to))
  const counters = [...JSON.stringify(state.Choices).matchAll(/"Variable":"([^"]+)","Numeric|"Numeric[^:]+:[^,}]+,"Variable":"([^"]+)"/g)].map(([, one, other]) => one ?? other!)
  const texts = cycle.map((each) => JSON.stringify(States[each]))
  return leaves && counters.some((path) => texts.some((text) => text.includes(`States.MathAdd(${path},`)))
}
