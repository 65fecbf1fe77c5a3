import {allMachines, type Catcher, type Machine, type PlacedMachine, type PlacedState, type State, listStates} from '../definition'
import type {Facts} from '../facts/facts'
import type {Report} from '../finding'
import {possibleErrors} from '../flow/errors-of'
import {shareOut} from '../tasks/errors'
import {allWays, findCycle, goodWays, reachable} from './graph'
import type {Rule} from './rule'

/** What must wait for the time that the source names does so and looks again; no failure leads back to its task at once. */
export const checkWaits: Rule = (workflow, facts, report) => allMachines(workflow).forEach((machine) => {
  listStates(machine).filter(({state}) => state.Catch !== undefined).forEach((placed) => checkState(machine, placed, facts, report))
  listStates(machine).filter(({state}) => waitsForTime(state)).forEach((placed) => checkFresh(machine, placed, report))
})

const checkState = ({machine}: PlacedMachine, placed: PlacedState, facts: Facts, report: Report): void => {
  const {name, state, pointer} = placed
  shareOut(state.Catch ?? [], possibleErrors(placed, facts)).forEach(({handler, errors}, index) => {
    const waiting = errors.filter(({kind}) => kind === 'wait').map((error) => error.name)
    const place = `${pointer}/Catch/${index}`
    if (waiting.length > 0) {
      const found = whatHappens(machine, name, handler)
      if (found !== undefined) {
        report({code: 'wait-missing', state: name, pointer: place, sentence: `Expected ${waiting.join(', ')} to wait for the time that the source names, and ${name} to look again; found that ${found}. Lead through a Wait with TimestampPath back to ${name}.`})
      }
    } else if (comesBack(machine, name, handler.Next, allWays, isWait)) {
      report({code: 'loop-without-wait', state: name, pointer: place, sentence: `Expected a Wait between a failure of ${name} and its next try; found a way back without. Use Retry, or put a Wait in between.`})
    }
  })
}

const isWait = ({Type}: State): boolean => Type === 'Wait'
/** Waits for a time in the data, not for a fixed number of seconds. */
const waitsForTime = ({TimestampPath, SecondsPath}: State): boolean => TimestampPath !== undefined || SecondsPath !== undefined

const comesBack = (machine: Machine, name: string, from: string, ways: typeof allWays, leaveOut: (state: State) => boolean): boolean =>
  reachable(machine, [from], ways, (each) => leaveOut(machine.States[each]!)).has(name)

const whatHappens = (machine: Machine, name: string, {Next}: Catcher): string | undefined => {
  if (!comesBack(machine, name, Next, goodWays, () => false)) {
    return `${Next} never leads back to it`
  }
  return comesBack(machine, name, Next, goodWays, waitsForTime) ? `${Next} leads back to it without such a wait` : undefined
}

/** In a loop, a task must set the time again: the second turn would wait for a time that is past. */
const checkFresh = ({machine}: PlacedMachine, {name, state, pointer}: PlacedState, report: Report): void => {
  const field = state.TimestampPath === undefined ? 'SecondsPath' : 'TimestampPath'
  const cycle = findCycle(machine, name)
  const isSet = cycle.map((each) => machine.States[each]!).some((each) =>
    writes(each, state[field]!) && goodWays(each).some(({to}) => cycle.includes(to)))
  if (cycle.length > 0 && !isSet) {
    report({code: 'wait-stale', state: name, pointer: `${pointer}/${field}`, sentence: `Expected a task in the loop to set ${state[field]} again; found none, so every turn but the first continues at once. Put a task's result there.`})
  }
}

const writes = ({Type, ResultPath = '$'}: State, path: string): boolean =>
  Type === 'Task' && ResultPath !== null && !path.startsWith('$$') && (path.startsWith(ResultPath) || ResultPath.startsWith(path))
