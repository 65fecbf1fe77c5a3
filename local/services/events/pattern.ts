import {describeError} from '../../../shared/errors'
import {ServiceError} from '../../runtime/core/errors'
import {type EventFields, eventFields, together} from './event-fields'
import type {Matcher} from './matchers'
import {type Branch, parsePattern} from './pattern-parser'

/** Whether an event, spread into its fields, meets the pattern. */
export type Pattern = (fields: EventFields) => boolean

type Condition = readonly [path: string, matchers: readonly Matcher[]]

/** Two fields match together only if they lie in the same element of every array they share. */
const meets = (conditions: readonly Condition[], fields: EventFields, at: number, where: ReadonlyMap<number, number>): boolean => {
  const condition = conditions[at]
  if (condition === undefined) {
    return true
  }
  const [path, matchers] = condition
  let found = false
  for (const field of fields.get(path) ?? []) {
    const place = together(where, field.within)
    found ||= place !== undefined
    if (place !== undefined && matchers.some((matcher) => matcher.test(field.value)) && meets(conditions, fields, at + 1, place)) {
      return true
    }
  }
  return !found && matchers.some((matcher) => matcher.absent) && meets(conditions, fields, at + 1, where)
}

/** Absence is judged last: in which array element the present fields lie is known by then. */
const ordered = (branch: Branch): Condition[] =>
  [...branch].sort((left, right) => Number(left[1].some(({absent}) => absent)) - Number(right[1].some(({absent}) => absent)))

/** Compiles an event pattern; throws InvalidEventPatternException as EventBridge words it. */
export const compilePattern = (text: string): Pattern => {
  const branches = (() => {
    try {
      return parsePattern(text).map(ordered)
    } catch (error) {
      throw new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${describeError(error)}`)
    }
  })()
  return (fields) => branches.some((branch) => meets(branch, fields, 0, new Map()))
}

/** Whether an event meets a pattern, both as they are; for one-time use. */
export const matchesPattern = (pattern: string, event: unknown): boolean => compilePattern(pattern)(eventFields(event))
