/** What expressions of a state see. */
export interface Scope {
  /** `$` */
  readonly input: unknown
  /** `$$` */
  readonly context: unknown
  /** In [0, 1). */
  readonly random: () => number
  readonly newId: () => string
}
