import {type Condition, patternBranches} from '../../shared/patterns/pattern'
import {type Comparison, differing} from './compare'

/** A difference between our matcher and Event Ruler that is meant to be, and why. */
export interface Difference {
  readonly name: string
  /** What decides otherwise than the pattern's documented meaning. */
  readonly whose: 'Event Ruler' | 'Java'
  readonly reason: string
  readonly is: (comparison: Comparison) => boolean
}

/** The matchers' keys of every path, those of all alternatives together: Event Ruler keeps them in one automaton. */
const fieldKeys = (pattern: string): string[][] => {
  const fields = new Map<string, string[]>()
  const add = ([path, matchers]: Condition): void => void fields.set(path, [...fields.get(path) ?? [], ...matchers.map(({key}) => key)])
  patternBranches(pattern).forEach((branch) => branch.forEach(add))
  return [...fields.values()]
}

const hasBeside = (pattern: string, one: RegExp, other: RegExp): boolean =>
  fieldKeys(pattern).some((keys) => keys.some((key) => one.test(key)) && keys.some((key) => other.test(key)))

const share = (one: readonly Condition[], other: readonly Condition[]): boolean => one.length === other.length && one.every(([path, matchers], at) =>
  other[at]![0] === path && other[at]![1].some(({key}) => matchers.some((matcher) => matcher.key === key)))

/** Two alternatives of the same fields that have a matcher in common in each. */
const hasAlike = (pattern: string): boolean => {
  const branches = patternBranches(pattern)
  return branches.some((branch, at) => branches.slice(0, at).some((earlier) => share(earlier, branch)))
}

export const differences: readonly Difference[] = [
  {
    name: 'wildcard beside ignore-case or suffix',
    whose: 'Event Ruler',
    reason: 'its automaton mixes a wildcard up with a value without case, or a suffix that is not ASCII, in one field: `[{"wildcard":"*a"},{"equals-ignore-case":"k"}]` takes "b"',
    is: (comparison) => ['match', 'complexity'].includes(differing(comparison)!) && hasBeside(comparison.pattern, /wildcard/, /ignore-case|suffix .*[^\u0000-\u007f]/)
  },
  {
    name: 'number beside address',
    whose: 'Event Ruler',
    reason: 'in one field with an address, a number that a double does not hold is not found by its own digits',
    is: (comparison) => differing(comparison) === 'match' && hasBeside(comparison.pattern, /^exact -?\d/, /^(address|cidr) /)
  },
  {
    name: 'alternatives alike',
    whose: 'Event Ruler',
    reason: 'of two alternatives of `$or` with the same fields and a value in common in each, it takes the second for the first: `[{"d":[1]},{"d":[1,2]}]` does not take 2',
    is: (comparison) => differing(comparison) === 'match' && comparison.ours.matches === true && hasAlike(comparison.pattern)
  },
  {
    name: 'complexity of alternatives',
    whose: 'Event Ruler',
    reason: 'in a field that several alternatives of `$or` ask for, the ends of its wildcards count by the order in which its automaton was built: one more or less than ours',
    is: (comparison) => differing(comparison) === 'complexity' && comparison.pattern.includes('"$or"')
      && Math.abs(comparison.ours.complexity! - comparison.rulers.complexity!) === 1
  },
  {
    name: 'not of one mind',
    whose: 'Event Ruler',
    reason: 'built again from the same pattern it decides otherwise, by the order of a hash table: `["😀",{"numeric":["<",0]},{"wildcard":"2/*"}]` takes "😀" now and then',
    is: ({isUnsteady}) => isUnsteady === true
  },
  {
    name: 'first of several faults',
    whose: 'Java',
    reason: 'of several wrong wildcards in one list it names the one that is first in a hash table, we the first as written',
    is: (comparison) => differing(comparison) === 'wording' && /(wildcard characters|escape character) at pos/.test(comparison.rulers.refusal!)
  }
]
