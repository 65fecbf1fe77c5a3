/** Does `work` for every item, at most so many at once, in order of their start; answers the results in the order of the items. */
export const concurrently = async <T, R>(items: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index]!, index)
    }
  }
  await Promise.all(Array.from({length: Math.min(atOnce, items.length)}, worker))
  return results
}
