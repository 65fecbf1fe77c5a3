import {type Addition, isRebuilt, wildcardComplexity} from './complexity'
import type {Matcher} from './matchers'

type Conditions = ReadonlyArray<readonly [path: string, matchers: readonly Matcher[], ...rest: unknown[]]>

/** What Event Ruler has built up to some field: fields that come next, each with all its matchers, and where each of them leads. */
interface State {
  readonly id: number
  readonly fields: Map<string, Next>
}

interface Next {
  readonly states: Map<string, State>
  readonly all: Set<State>
  readonly additions: Addition[]
}

type Begin = () => State

const nextOf = (state: State, path: string): Next => {
  const next: Next = state.fields.get(path) ?? {states: new Map(), all: new Set(), additions: []}
  state.fields.set(path, next)
  return next
}

const isNew = ({wildcards}: Matcher): boolean => wildcards?.every(isRebuilt) ?? false

/** Adds the matchers of a field; those that are known lead where they led, new ones where the one before them does. */
const lead = (begin: Begin, state: State, path: string, matchers: readonly Matcher[]): Set<State> => {
  const {states, all, additions} = nextOf(state, path)
  let last: State | undefined
  return new Set(matchers.map((matcher) => {
    const known = isNew(matcher) ? undefined : states.get(matcher.key)
    last = known ?? last ?? begin()
    states.set(matcher.key, last)
    all.add(last)
    additions.push({key: matcher.key, wildcards: matcher.wildcards ?? [], state: last.id})
    return last
  }))
}

const grow = (begin: Begin, states: Iterable<State>, [condition, ...rest]: Conditions): void => {
  if (condition !== undefined) {
    for (const state of states) {
      grow(begin, lead(begin, state, condition[0], condition[1]), rest)
    }
  }
}

const greatest = (state: State, limit: number | undefined, seen: Set<State>): number => {
  if (seen.has(state)) {
    return 0
  }
  seen.add(state)
  return Math.max(0, ...[...state.fields.values()].flatMap(({all, additions}) =>
    [wildcardComplexity(additions, limit), ...[...all].map((next) => greatest(next, limit, seen))]))
}

/** The complexity of the field that has the greatest one; alternatives of `$or` that ask for the same field in the same place add up there. */
export const ruleComplexity = (branches: readonly Conditions[], limit?: number): number => {
  if (!branches.some((branch) => branch.some(([, matchers]) => matchers.some(({wildcards}) => wildcards !== undefined)))) {
    return 0
  }
  let count = 0
  const begin = (): State => ({id: count++, fields: new Map()})
  const start = begin()
  branches.forEach((branch) => grow(begin, [start], branch))
  return greatest(start, limit, new Set())
}
