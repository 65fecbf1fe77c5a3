/** Runs `work` on every item, at most `limit` at a time, without stopping at failures; returns all errors, including the iterator's. */
export const settleEach = async <T>(
  items: AsyncIterable<T> | Iterable<T>, limit: number, work: (item: T) => Promise<unknown>
): Promise<unknown[]> => {
  const errors: unknown[] = []
  const queue = (async function* () {
    yield* items
  })()
  const worker = async (): Promise<void> => {
    for await (const item of queue) {
      await work(item).catch((error: unknown) => errors.push(error))
    }
  }
  for (const outcome of await Promise.allSettled(Array.from({length: limit}, worker))) {
    if (outcome.status === 'rejected') {
      errors.push(outcome.reason)
    }
  }
  return errors
}

/** Throws the one error, or all of several as an AggregateError; nothing if there is none. */
export const throwAny = (errors: readonly unknown[], message: string): void => {
  if (errors.length === 1) {
    throw errors[0]
  }
  if (errors.length > 1) {
    throw new AggregateError(errors, `${message}: ${errors.map(String).slice(0, 5).join('; ')}`)
  }
}
