import pLimit from 'p-limit'

/** Does `work` for every item, at most `atOnce` at once, in order of their start; returns the results in the order of the items. */
export const concurrently = <T, R>(items: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> =>
  pLimit(atOnce).map(items, work)
