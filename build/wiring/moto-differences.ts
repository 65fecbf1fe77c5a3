export interface MotoDifference {
  readonly type: string
  readonly attribute: string
  /** What moto does otherwise than AWS. */
  readonly reason: string
}

/** What a second plan may want to change although nothing changed: moto forgets or reformats it. Anything else fails. */
export const motoDifferences: readonly MotoDifference[] = [
]
