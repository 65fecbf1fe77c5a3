import type {State} from 'asl-verify/definition'
import type {Visit} from './history'
import {innerMachines, listStates} from './machine'

/** One item of a Map: its newest visit, if it has begun. */
export interface Item {
  readonly index: number
  readonly visit: Visit | undefined
}

/** The items of the newest run of a Map, also those that have not begun. */
export const listItems = (state: State, run: Visit | undefined, visits: readonly Visit[]): Item[] => {
  const inner = new Set(innerMachines(state).flatMap((machine) => [...listStates(machine).keys()]))
  const began = run?.enteredAt ?? Infinity
  const isOfRun = ({state: name, enteredAt, item}: Visit): boolean => item !== undefined && inner.has(name) && enteredAt >= began
  const newest = new Map(visits.filter(isOfRun).map((visit) => [visit.item!, visit]))
  return Array.from({length: run?.items ?? 0}, (_, index) => ({index, visit: newest.get(index)}))
}
