import type {Schema} from './schema'

export type Verdict = 'breaking' | 'safe'

/** One difference between two versions of a schema. */
export interface Change {
  /** Where, as a path into the schema, such as `/properties/size/minimum`. */
  readonly path: string
  readonly verdict: Verdict
  /** What changed and what it means, without the path. */
  readonly why: string
}

export const breaking = (path: string, why: string): Change => ({path, verdict: 'breaking', why})
export const safe = (path: string, why: string): Change => ({path, verdict: 'safe', why})

/** Breaking as soon as one change is. */
export const overallVerdict = (changes: readonly Change[]): Verdict => changes.some(({verdict}) => verdict === 'breaking') ? 'breaking' : 'safe'

/** Compares the schemas at a path; handed down, so that the parts need not know the whole. */
export type Compare = (before: Schema, after: Schema, path: string) => Change[]
