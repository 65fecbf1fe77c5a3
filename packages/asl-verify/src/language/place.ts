import type {Code} from '../codes'
import {formatPointer, type Report} from '../finding'

/** A value's place in a definition: what its checks need to know and where they report. */
export interface Place {
  readonly pointer: string
  readonly state: string
  readonly isJsonata: boolean
  readonly report: Report
}

/** Reports what is wrong with a value. */
export type Check = (value: unknown, place: Place) => void

export const into = (place: Place, ...names: readonly (string | number)[]): Place => ({...place, pointer: `${place.pointer}${formatPointer(...names)}`})

export const tell = ({report, state, pointer}: Place, expected: string, found: string, advice: string, code: Code = 'syntax'): void =>
  report({code, state, pointer, sentence: `Expected ${expected}; found ${found}. ${advice}`})

const maxShown = 60

/** A value in a sentence. */
export const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}

/** A check by a predicate. */
export const must = (expected: string, holds: (value: unknown) => boolean, advice: string): Check => (value, place) => {
  if (!holds(value)) {
    tell(place, expected, show(value), advice)
  }
}
