/** A name of AWS's → what one should know about it here; empty if there is nothing to say. */
export type SpokenNames = Readonly<Record<string, string>>

/** What a service of the embedded AWS speaks, and what it refuses by name: its chapter of docs/local-api.md. */
export interface Spoken {
  /** As AWS calls it. */
  readonly title: string
  readonly protocol: 'AWS JSON' | 'Query' | 'AWS JSON and Query' | 'REST JSON' | 'REST XML' | 'RPC v2 CBOR, AWS JSON and Query'
  /** Each operation that is answered as AWS answers it. */
  readonly operations: SpokenNames
  /** Features, parameters and operations that are refused → how. Nothing is ignored silently. */
  readonly refused: SpokenNames
}
