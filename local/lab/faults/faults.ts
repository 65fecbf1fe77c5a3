import {isoTime} from '../../runtime/core/clock'
import type {Clock, Observe} from '../../runtime/core/types'
import type {Fault} from './fault'
import {fitsStars} from '../../../shared/wildcard'

/** A fault with what became of it. */
export interface PlannedFault extends Fault {
  readonly id: number
  /** Things that it is about, so far, and how many of them it struck. */
  readonly seen: number
  readonly struck: number
}

/** Something that a fault may strike. */
export interface Occasion {
  readonly at: string
  readonly by?: string | undefined
  /** All that it says, for `about`. */
  readonly text?: string
}

export interface Place {
  readonly at: string
  readonly by?: string
  readonly count: number
}

export interface Faults {
  add: (faults: readonly Fault[]) => PlannedFault[]
  list: () => readonly PlannedFault[]
  /** All, or one; returns whether there was any. */
  remove: (id?: number) => boolean
  /** Where something could have been struck since the first fault was planned, in the order in which it came. */
  places: () => readonly Place[]
  /** Counts an occasion; returns the first fault that strikes it. */
  strike: (occasion: Occasion) => Fault | undefined
  /** In [0, 1), by the seed. */
  random: () => number
}

export interface FaultsDeps {
  readonly clock: Clock
  readonly observe: Observe
  readonly random: () => number
}

const names = (text = '', about: Fault['about']): boolean => about === undefined || [about].flat().some((name) => text.includes(name))

const isAbout = ({at, by, about}: Fault, occasion: Occasion): boolean =>
  fitsStars(occasion.at, at) && (by === undefined || by === occasion.by) && names(occasion.text, about)

const isTurn = ({nth = 1, times = 1, seen}: PlannedFault): boolean => seen >= nth && (times === 'always' || seen < nth + times)

/** The plan of what goes wrong, with its counts. */
export const createFaults = ({clock, observe, random}: FaultsDeps): Faults => {
  let planned: PlannedFault[] = []
  let lastId = 0
  const change = (id: number, members: Partial<PlannedFault>): void => {
    planned = planned.map((fault) => fault.id === id ? {...fault, ...members} : fault)
  }
  const strikes = (fault: PlannedFault): boolean => isTurn(fault) && (fault.chance === undefined || random() < fault.chance)

  const places = new Map<string, Place>()
  const note = ({at, by}: Occasion): void => {
    const name = `${by} ${at}`
    places.set(name, {at, ...(by !== undefined && {by}), count: (places.get(name)?.count ?? 0) + 1})
  }

  const strike = (occasion: Occasion): Fault | undefined => {
    note(occasion)
    const about = planned.filter((fault) => isAbout(fault, occasion)).map((fault) => ({...fault, seen: fault.seen + 1}))
    about.forEach(({id, seen}) => change(id, {seen}))
    const found = about.find(strikes)
    if (found !== undefined) {
      change(found.id, {struck: found.struck + 1})
      observe({type: 'fault', at: isoTime(clock), place: occasion.at, effect: found.effect, ...(occasion.by !== undefined && {by: occasion.by})})
    }
    return found
  }
  return {
    add: (faults) => {
      const added = faults.map((fault) => ({...fault, id: ++lastId, seen: 0, struck: 0}))
      planned = [...planned, ...added]
      return added
    },
    list: () => planned,
    places: () => [...places.values()],
    remove: (id) => {
      const before = planned.length
      planned = id === undefined ? [] : planned.filter((fault) => fault.id !== id)
      return planned.length < before
    },
    strike: (occasion) => planned.length === 0 ? undefined : strike(occasion),
    random
  }
}
