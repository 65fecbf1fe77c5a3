import type {Visit} from './history'
import {innerMachines, statesOf, type State} from './machine'

/** One item of a Map: its newest visit, where it has begun. */
export interface Item {
  readonly index: number
  readonly visit: Visit | undefined
}

/** The items of the newest run of a Map, also those that have not begun. */
export const itemsOf = (state: State, run: Visit | undefined, visits: readonly Visit[]): Item[] => {
  const inner = new Set(innerMachines(state).flatMap((machine) => [...statesOf(machine).keys()]))
  const newest = new Map(visits.filter(({state: name, enteredAt, item}) => item !== undefined && inner.has(name) && enteredAt >= (run?.enteredAt ?? Infinity))
    .map((visit) => [visit.item!, visit]))
  return Array.from({length: run?.items ?? 0}, (_, index) => ({index, visit: newest.get(index)}))
}
