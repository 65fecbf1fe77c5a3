/** What a proof is given. */
export interface Context {
  /** All randomness comes from it, so that a run can be repeated. */
  readonly seed: number
  /** The whole proof, however long it takes; else what fits into the gate. */
  readonly long: boolean
  /** Says how far the proof is. */
  progress: (text: string) => void
}

/** What a proof has measured and counted, by the name under which the report shows it; units are in the name. */
export type Figures = Readonly<Record<string, number | string>>

/** Figures of an earlier run. */
export interface Measured {
  /** When it ended, ISO 8601. */
  readonly at: string
  readonly figures: Figures
}

/**
 * One promise of the system, proven by a run: `test/reliability/<number>-<name>/proof.ts` exports one as `proof`.
 * It throws where the promise is broken, with what was expected and what came.
 */
export interface Proof {
  readonly number: number
  readonly title: string
  /** Left out of the short form. */
  readonly onlyLong?: boolean
  /** It measures times, so no other proof runs beside it. */
  readonly isAlone?: boolean
  /** After which the short form has failed, on a machine that others use as well. */
  readonly minutes: number
  /** The same for the long form. */
  readonly longMinutes?: number
  /** What the last whole run of a proof that is seldom run has measured; the report shows it with its date. */
  lastMeasured?: () => Measured | undefined
  run: (context: Context) => Promise<Figures>
}
