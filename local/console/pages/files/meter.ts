interface Sample {
  readonly at: number
  readonly bytes: number
}

export interface Speed {
  readonly bytesPerSecond: number
  readonly secondsLeft: number | null
}

const windowMilliseconds = 8000

/** Measures how fast files come in, from how far they were when; the last seconds count. */
export const createMeter = (now: () => number = Date.now) => {
  const samples = new Map<string, readonly Sample[]>()
  return (fileId: string, bytesDone: number, size: number | null): Speed | undefined => {
    const at = now()
    const known = (samples.get(fileId) ?? []).filter((sample) => at - sample.at < windowMilliseconds && sample.bytes <= bytesDone)
    const all = known.at(-1)?.bytes === bytesDone ? known : [...known, {at, bytes: bytesDone}]
    samples.set(fileId, all)
    const [first] = all
    if (first === undefined || all.length < 2 || at === first.at) {
      return undefined
    }
    const bytesPerSecond = (bytesDone - first.bytes) / (at - first.at) * 1000
    return {bytesPerSecond, secondsLeft: size === null || bytesPerSecond === 0 ? null : Math.max(0, (size - bytesDone) / bytesPerSecond)}
  }
}
