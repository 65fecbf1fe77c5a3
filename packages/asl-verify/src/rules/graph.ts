import type {Machine, State} from '../definition'

/** A way from one state to another. */
export interface Way {
  readonly to: string
  /** The errors that lead there; undefined if the state succeeded. */
  readonly errors?: readonly string[]
  /** Pointer below the state. */
  readonly pointer: string
}

/** Where a state leads when it goes well. */
export const goodWays = ({Type, Next, Default, Choices = []}: State): Way[] => Type === 'Choice'
  ? [...Choices.map((rule, index) => ({to: rule.Next!, pointer: `/Choices/${index}/Next`})), ...wayTo(Default, '/Default')]
  : wayTo(Next, '/Next')

const wayTo = (to: string | undefined, pointer: string): Way[] => to === undefined ? [] : [{to, pointer}]

/** Where a state leads, errors included. */
export const allWays = (state: State): Way[] =>
  [...goodWays(state), ...(state.Catch ?? []).map(({Next, ErrorEquals}, index) => ({to: Next, errors: ErrorEquals, pointer: `/Catch/${index}`}))]

/** The states that can be reached from some, these included; others can be left out. */
export const reachable = (
  {States}: Machine,
  from: readonly string[],
  ways: (state: State) => Way[],
  leaveOut: (name: string) => boolean = () => false
): Set<string> => {
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (!reached.has(name) && States[name] !== undefined && !leaveOut(name)) {
      reached.add(name)
      ways(States[name]).forEach(({to}) => visit(to))
    }
  }
  from.forEach(visit)
  return reached
}

/** Whether a state ends its machine. */
export const isEnd = ({Type, End}: State): boolean => End === true || Type === 'Succeed' || Type === 'Fail'

/** The states that lead to a state and are reached from it. */
export const findCycle = (machine: Machine, name: string): string[] => {
  const ahead = reachable(machine, nextTo(machine, name), allWays)
  return ahead.has(name) ? [...ahead].filter((each) => reachable(machine, [each], allWays).has(name)) : []
}

/** Where a state leads, errors included, by name. */
export const nextTo = ({States}: Machine, name: string): string[] => allWays(States[name]!).map(({to}) => to)
