import {isDeepStrictEqual} from 'node:util'
import type {MotoDifference} from './moto-differences'

type Values = Readonly<Record<string, unknown>>

interface Change {
  readonly actions: readonly string[]
  readonly before: Values | null
  readonly after: Values | null
  readonly after_unknown: Values
}

export interface Plan {
  readonly resource_changes?: ReadonlyArray<{
    readonly address: string
    readonly type: string
    readonly change: Change
  }>
}

export interface Difference {
  readonly address: string
  readonly type: string
  readonly attribute: string
}

const changedAttributes = (before: Values, after: Values, unknown: Values): string[] => {
  const changed = Object.keys(after).filter((key) => !isDeepStrictEqual(before[key], after[key]))
  return [...new Set([...changed, ...Object.keys(unknown).filter((key) => unknown[key] === true)])]
}

/** What a plan wants to change, by attribute; a resource that is to be made, replaced or deleted counts as a difference of `*`. */
export const listDifferences = (plan: Plan): Difference[] => (plan.resource_changes ?? []).flatMap(({address, type, change}) => {
  if (change.actions.every((action) => action === 'no-op' || action === 'read')) {
    return []
  }
  const onlyUpdate = isDeepStrictEqual(change.actions, ['update'])
  const attributes = onlyUpdate ? changedAttributes(change.before ?? {}, change.after ?? {}, change.after_unknown) : ['*']
  return attributes.map((attribute) => ({address, type, attribute}))
})

/** Sentences about differences that no one explained, and about explanations that are no longer needed. */
export const judgeDifferences = (differences: readonly Difference[], known: readonly MotoDifference[]): string[] => {
  const explains = (entry: MotoDifference, {type, attribute}: Difference): boolean => entry.type === type && entry.attribute === attribute
  return [
    ...differences.filter((difference) => !known.some((entry) => explains(entry, difference)))
      .map(({address, attribute}) => `The second plan still changes ${address}: ${attribute}.`),
    ...known.filter((entry) => !differences.some((difference) => explains(entry, difference)))
      .map(({type, attribute}) => `moto-differences.ts explains ${type}.${attribute}, which no longer differs: remove the entry.`)
  ]
}
