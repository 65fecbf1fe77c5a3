import {MAX_COMPLEXITY} from './complexity'
import {PatternError, PatternFailure} from './errors'
import {type EventFields, reachable, together} from './event-fields'
import type {Matcher} from './matchers'
import {type Branch, parsePattern} from './pattern-parser'
import {ruleComplexity} from './rule-complexity'

/** Whether an event, spread into its fields, meets the pattern. */
export type Pattern = (fields: EventFields) => boolean

export type Condition = readonly [path: string, matchers: readonly Matcher[], numbers: boolean]

/**
 * Two fields match together only if they lie in the same element of every array they share. Which fields are absent depends on the elements
 * that the fields before them lie in.
 */
const meets = (conditions: readonly Condition[], fields: EventFields, at: number, where: ReadonlyMap<number, number>): boolean => {
  const condition = conditions[at]
  if (condition === undefined) {
    return true
  }
  const [path, matchers, numbers] = condition
  const all = fields.get(path) ?? []
  for (const field of reachable(all, where)) {
    const place = together(where, field.within)
    if (place !== undefined && matchers.some((matcher) => matcher.test(field.value, numbers)) && meets(conditions, fields, at + 1, place)) {
      return true
    }
  }
  return matchers.some((matcher) => matcher.absent) && !all.some(({within}) => together(where, within) !== undefined)
    && meets(conditions, fields, at + 1, where)
}

type Ordered = ReadonlyArray<readonly [path: string, matchers: readonly Matcher[]]>

/** Event Ruler asks for the fields in the order of their paths. */
const ordered = (branch: Branch): Ordered => [...branch].sort(([left], [right]) => left < right ? -1 : 1)

const placeIn = (branch: Ordered, at: number): string => JSON.stringify(branch.slice(0, at + 1).map(([path]) => path))

/** Alternatives that ask for the same field in the same place have one automaton there: it compares numbers for all of them or for none. */
const withNumbers = (branches: readonly Ordered[]): Condition[][] => {
  const numeric = new Set(branches.flatMap((branch) =>
    branch.flatMap(([, matchers], at) => matchers.some((matcher) => matcher.numeric) ? [placeIn(branch, at)] : [])))
  return branches.map((branch) => branch.map(([path, matchers], at): Condition => [path, matchers, numeric.has(placeIn(branch, at))]))
}

/** The alternatives of a pattern, each with its conditions in the order in which they are judged. Throws PatternError or PatternFailure. */
export const patternBranches = (text: string): readonly Condition[][] => {
  const branches = withNumbers(parsePattern(text).map(ordered))
  if (branches.some((branch) => branch.some(([, matchers]) => matchers.some(({fails}, at) => fails === 'always' || (fails === 'first' && at === 0))))) {
    throw new PatternFailure('EventBridge takes this pattern and then fails on it: an empty list inside anything-but, or a range beyond the greatest number.')
  }
  return branches
}

/** Whether an event meets one of a pattern's alternatives. */
export const meetsBranches = (branches: readonly Condition[][]): Pattern => (fields) => branches.some((branch) => meets(branch, fields, 0, new Map()))

/** Compiles an event pattern; throws PatternError in EventBridge's words, and PatternFailure where EventBridge itself fails. */
export const compilePattern = (text: string): Pattern => {
  const branches = patternBranches(text)
  if (ruleComplexity(branches) > MAX_COMPLEXITY) {
    throw new PatternError('Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character')
  }
  return meetsBranches(branches)
}
