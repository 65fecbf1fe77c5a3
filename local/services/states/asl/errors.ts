/** An error by its ASL name; the message is its cause. */
export class StatesError extends Error {
  override readonly name = 'StatesError'

  /** `located`: the engine says before the cause which state it happened in, as Step Functions does. */
  constructor(readonly error: string, cause: string, readonly located = false) {
    super(cause)
  }
}

/** An error that is never caught nor retried: the definition does not fit the data. */
export const runtimeError = (cause: string): StatesError => new StatesError('States.Runtime', cause, true)
