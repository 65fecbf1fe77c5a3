import type {Machine, State} from 'asl-verify/definition'

export interface Way {
  readonly from: string
  readonly to: string
  readonly kind: 'next' | 'choice' | 'catch'
}

/** The machines inside a state: those of a Map's items or of a Parallel's branches. */
export const innerMachines = ({ItemProcessor, Iterator, Branches}: State): readonly Machine[] =>
  [...(ItemProcessor === undefined ? [] : [ItemProcessor]), ...(Iterator === undefined ? [] : [Iterator]), ...(Branches ?? [])]

const waysFrom = (from: string, {Next, Default, Choices = [], Catch = []}: State): Way[] => [
  ...(Next === undefined ? [] : [{from, to: Next, kind: 'next' as const}]),
  ...Choices.flatMap(({Next: to}) => to === undefined ? [] : [{from, to, kind: 'choice' as const}]),
  ...(Default === undefined ? [] : [{from, to: Default, kind: 'choice' as const}]),
  ...Catch.map(({Next: to}) => ({from, to, kind: 'catch' as const}))
]

/** The ways between the states of one level, each once: if an error leads the way that others go too, it counts as one of these. */
export const listWays = ({States}: Machine): Way[] => {
  const ways = new Map<string, Way>()
  Object.entries(States).flatMap(([name, state]) => waysFrom(name, state)).forEach((way) => {
    const key = `${way.from} ${way.to}`
    ways.set(key, ways.get(key) ?? way)
  })
  return [...ways.values()]
}

/** The Map that a state is in, by its name; that of the state itself if it is one. */
export const findMap = ({States}: Machine, name: string): string | undefined => Object.entries(States).find(([each, state]) =>
  state.Type === 'Map' && (each === name || innerMachines(state).some((inner) => listStates(inner).has(name))))?.[0]

/** Every state of all levels by its name. */
export const listStates = ({States}: Machine): ReadonlyMap<string, State> => new Map(Object.entries(States)
  .flatMap(([name, state]) => [[name, state] as const, ...innerMachines(state).flatMap((inner) => [...listStates(inner)])]))
