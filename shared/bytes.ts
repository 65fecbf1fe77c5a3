const units = ['KB', 'MB', 'GB', 'TB']

/** `95.3 KB`: for people, in steps of 1,024. */
export const bytes = (count: number): string => {
  const step = Math.min(Math.floor(Math.log2(Math.max(count, 1)) / 10), units.length)
  return step === 0 ? `${count} B` : `${(count / 1024 ** step).toFixed(1)} ${units[step - 1]}`
}

/** `41.0 KB of 95.3 KB (43 %)`, without the total if the source did not announce it. */
export const formatProgress = (done: number, total: number | null): string =>
  total === null || total === 0 ? bytes(done) : `${bytes(done)} of ${bytes(total)} (${Math.floor(done / total * 100)} %)`
