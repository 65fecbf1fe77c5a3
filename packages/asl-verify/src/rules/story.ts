import {type PlacedMachine, type PlacedState, listStates} from '../definition'
import type {Way} from './graph'

/** What is known to have happened, as tokens in order. */
export type Known = readonly string[]

/** A state that an execution reaches, knowing what happened before. */
export interface Visit {
  readonly placed: PlacedState
  readonly known: Known
  readonly from?: {readonly visit: Visit, readonly way: Way}
}

/** What comes of a visit: the ways on, each with what is known then, and whether the machine may end. */
export interface Continued {
  readonly ways: ReadonlyArray<{readonly way: Way, readonly known: Known}>
  readonly end?: Known
}

/** A visit, and what is known after it if it ends the machine well. */
export interface Visited {
  readonly visit: Visit
  readonly end?: Known
}

export const withToken = (known: Known, ...tokens: readonly string[]): Known => [...new Set([...known, ...tokens])].sort()
export const withoutToken = (known: Known, isGone: (token: string) => boolean): Known => known.filter((token) => !isGone(token))

/** Goes every way through a machine, once for each thing that may be known at a state; gives every visit and what is known at good ends. */
export const walkAll = (machine: PlacedMachine, known: Known, next: (visit: Visit) => Continued): Visited[] => {
  const byName = new Map(listStates(machine).map((placed) => [placed.name, placed]))
  const seen = new Set<string>()
  const done: Visited[] = []
  const start = byName.get(machine.machine.StartAt)
  const pending: Visit[] = start === undefined ? [] : [{placed: start, known}]
  for (let visit = pending.shift(); visit !== undefined; visit = pending.shift()) {
    const key = `${visit.placed.name} ${visit.known.join()}`
    if (seen.has(key)) {
      continue
    }
    seen.add(key)
    const {ways, end} = next(visit)
    done.push({visit, ...(end === undefined ? {} : {end})})
    for (const {way, known: then} of ways) {
      const placed = byName.get(way.to)
      if (placed !== undefined) {
        pending.push({placed, known: then, from: {visit, way}})
      }
    }
  }
  return done
}

/** How an execution comes to a visit, in words. */
export const tellStory = ({placed, from}: Visit): string =>
  from === undefined ? placed.name : `${tellStory(from.visit)} →${from.way.errors === undefined ? '' : ` (${from.way.errors.join(', ')})`} ${placed.name}`

/** The pointer of the last error on the way, else of the state itself. */
export const findLastError = (visit: Visit): {state: string, pointer: string} => {
  for (let {from} = visit; from !== undefined; from = from.visit.from) {
    if (from.way.errors !== undefined) {
      return {state: from.visit.placed.name, pointer: `${from.visit.placed.pointer}${from.way.pointer}`}
    }
  }
  return {state: visit.placed.name, pointer: visit.placed.pointer}
}

/** The pointer of the step that leads to a visit. */
export const wayInto = ({placed, from}: Visit): {state: string, pointer: string} => from === undefined
  ? {state: placed.name, pointer: placed.pointer}
  : {state: from.visit.placed.name, pointer: `${from.visit.placed.pointer}${from.way.pointer}`}
