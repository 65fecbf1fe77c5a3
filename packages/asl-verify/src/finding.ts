import type {Code} from './codes'

/** One fault, and where it is. */
export interface Finding {
  readonly code: Code
  /** Name of the state; empty of what concerns the whole workflow. */
  readonly state: string
  /** JSON pointer into the file. */
  readonly pointer: string
  /** Offset in the text, if the pointer does not say it. */
  readonly at?: number
  /** What was expected, what was found, what to do. */
  readonly sentence: string
}

/** Takes a finding. */
export type Report = (finding: Finding) => void

/** The JSON pointer of a place. */
export const formatPointer = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Each finding once, in the order of the file's states. */
export const tidy = (findings: readonly Finding[], states: readonly string[]): Finding[] => {
  const unique = new Map(findings.map((finding) => [`${finding.code} ${finding.pointer} ${finding.sentence}`, finding]))
  return [...unique.values()].sort((one, other) =>
    states.indexOf(one.state) - states.indexOf(other.state) || (one.pointer < other.pointer ? -1 : one.pointer > other.pointer ? 1 : 0))
}
