import {type Element, STAR, wildcardElements} from './wildcard'

/** AWS refuses a pattern with a greater one. */
export const MAX_COMPLEXITY = 10
/** No more sets of states are looked at: a pattern with more of them counts as too complex. */
const MAX_SETS = 20_000

/** A matcher's wildcard values as they are added to a field. */
export interface Addition {
  readonly key: string
  readonly wildcards: readonly string[]
  /** Number of the state that they lead to. */
  readonly state: number
}

/** A beginning of some wildcard values of a field. */
interface Beginning {
  readonly id: number
  readonly star: boolean
  readonly next: Array<readonly [element: Element, beginning: Beginning]>
  /** The patterns whose values begin so. */
  readonly patterns: Set<string>
  /** Those that end here, each with the state that it leads to. */
  readonly ends: Map<string, number>
}

/** Whether a value's element begins a letter that has two cases. */
const casedAt = (value: string): Set<number> => {
  const found = new Set<number>()
  let [at, escaped] = [0, false]
  for (const character of value) {
    if (character === '\\' && !escaped) {
      escaped = true
    } else {
      if (character.length === 1 && character.toLowerCase() !== character.toUpperCase()) {
        found.add(at)
      }
      at += Buffer.byteLength(character)
      escaped = false
    }
  }
  return found
}

/** Whether a value that is added again is built again, because it has a letter behind a star. */
export const isRebuilt = (value: string): boolean => {
  const star = wildcardElements(value).indexOf(STAR)
  return star >= 0 && [...casedAt(value)].some((at) => at > star)
}

/** Values share their beginnings up to the first letter behind a star; from there on each has its own, even one that is there already, but for the end. */
const plantValue = (root: Beginning, begin: (star: boolean) => Beginning, value: string, {key, state}: Addition): void => {
  const elements = wildcardElements(value)
  const cased = casedAt(value)
  let [at, behindStar, shared] = [root, false, true]
  for (const [index, element] of elements.entries()) {
    shared &&= !(behindStar && cased.has(index))
    const known = shared || index === elements.length - 1 ? at.next.find(([each]) => each === element)?.[1] : undefined
    const next = known ?? begin(element === STAR)
    if (known === undefined) {
      at.next.push([element, next])
    }
    next.patterns.add(key)
    behindStar ||= element === STAR
    at = next
  }
  at.ends.set(key, at.ends.get(key) ?? state)
}

const plant = (additions: Iterable<Addition>): Beginning => {
  let count = 0
  const begin = (star: boolean): Beginning => ({id: count++, star, next: [], patterns: new Set(), ends: new Map()})
  const root = begin(false)
  for (const addition of additions) {
    addition.wildcards.forEach((value) => plantValue(root, begin, value, addition))
  }
  return root
}

/** A star also stands for nothing. */
const withStars = (beginnings: Iterable<Beginning>): Set<Beginning> => {
  const all = new Set(beginnings)
  for (const beginning of all) {
    beginning.next.filter(([element]) => element === STAR).forEach(([, star]) => all.add(star))
  }
  return all
}

const ANY_OTHER_BYTE = -1

const bytesAfter = (at: ReadonlySet<Beginning>): Set<Element> =>
  new Set([ANY_OTHER_BYTE, ...[...at].flatMap(({next}) => next.map(([element]) => element).filter((element) => element !== STAR))])

const follow = (at: ReadonlySet<Beginning>, byte: Element): Set<Beginning> => withStars([...at].flatMap((beginning) => {
  const next = beginning.next.filter(([element]) => element === byte).map(([, each]) => each)
  return beginning.star ? [beginning, ...next] : next
}))

/** The ends of a pattern's values are one if they lead to one state. */
const sizeOf = (at: ReadonlySet<Beginning>): number => {
  const [ends, beginnings] = [[...at].filter(({next}) => next.length === 0), [...at].filter(({next}) => next.length > 0)]
  return beginnings.reduce((sum, {patterns}) => sum + patterns.size, new Set(ends.flatMap((end) => [...end.ends].map(([key, state]) => `${state} ${key}`))).size)
}

const nameOf = (at: ReadonlySet<Beginning>): string => [...at].map(({id}) => id).sort((left, right) => left - right).join()

/**
 * How many beginnings of a field's wildcard values one text can fit at once, at most: Event Ruler's measure of what they cost. One more than
 * `limit` stands for all that is above.
 */
export const wildcardComplexity = (additions: Iterable<Addition>, limit = MAX_COMPLEXITY): number => {
  const queue = [new Set([plant(additions)])]
  const seen = new Set<string>()
  let greatest = 0
  for (const at of queue) {
    for (const byte of bytesAfter(at)) {
      const reached = follow(at, byte)
      const name = nameOf(reached)
      if (!seen.has(name)) {
        seen.add(name)
        queue.push(reached)
        greatest = Math.max(greatest, sizeOf(reached))
      }
    }
    if (greatest > limit || seen.size > MAX_SETS) {
      return limit + 1
    }
  }
  return greatest
}
