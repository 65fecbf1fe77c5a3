import {innerMachines, type PlacedMachine, type PlacedState, listStates} from '../definition'
import type {Facts} from '../facts/facts'
import {takes} from '../matching'
import {containerErrors, type PossibleError, taskErrors} from '../tasks/errors'

/** The errors that leave the machines inside of a Map or Parallel, since nothing catches them there. */
export const innerErrors = (placed: PlacedState, facts: Facts): PossibleError[] =>
  unique(innerMachines(placed).flatMap((machine) => uncaught(machine, facts)))

/** The errors that a state may have, whatever its type. */
export const possibleErrors = (placed: PlacedState, facts: Facts): PossibleError[] =>
  placed.state.Type === 'Task' ? taskErrors(placed.state, facts) : containerErrors(placed.state, innerErrors(placed, facts))

const uncaught = (machine: PlacedMachine, facts: Facts): PossibleError[] => listStates(machine).flatMap((placed) => {
  const {Type, Error: name, Catch = []} = placed.state
  if (Type === 'Fail') {
    return [{name: name ?? 'Error', kind: 'other' as const, isThrown: false, isOurs: false}]
  }
  return ['Task', 'Map', 'Parallel'].includes(Type) ? possibleErrors(placed, facts).filter((error) => !Catch.some((catcher) => takes(catcher, error.name))) : []
})

const unique = (errors: readonly PossibleError[]): PossibleError[] => [...new Map(errors.map((error) => [error.name, error])).values()]
