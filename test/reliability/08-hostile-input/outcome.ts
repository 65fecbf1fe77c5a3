/** A finished call, or what it threw. */
export type Outcome<T> = {readonly value: T} | {readonly error: unknown}

export const outcomeOf = async <T>(work: () => T | Promise<T>): Promise<Outcome<Awaited<T>>> => {
  try {
    return {value: await work()}
  } catch (error) {
    return {error}
  }
}

const namesOf = (error: unknown): string[] =>
  error instanceof AggregateError ? error.errors.flatMap(namesOf) : [error instanceof Error ? error.name : typeof error]

/** Throws what was thrown, unless all of it has one of these names: errors that say what is wrong with the input. */
export const requireNamed = (outcome: Outcome<unknown>, names: readonly string[]): void => {
  if ('error' in outcome && namesOf(outcome.error).some((name) => !names.includes(name))) {
    throw new Error(`Expected no error but ${names.join(', ')}; got ${namesOf(outcome.error).join(', ')}.`, {cause: outcome.error})
  }
}
