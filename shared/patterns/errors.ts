/** What is wrong with an event pattern, in EventBridge's words. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** A pattern that makes EventBridge itself fail, instead of saying what is wrong with it. */
export class PatternFailure extends Error {
  override readonly name = 'PatternFailure'
}
