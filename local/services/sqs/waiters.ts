/** Wakes those who wait for messages. */
export interface Waiters {
  wake: () => void
  /** Resolves when woken, at the latest after `milliseconds`. */
  wait: (milliseconds: number) => Promise<void>
  /** Ends all waiting. */
  close: () => void
  isClosed: () => boolean
}

export const createWaiters = (): Waiters => {
  const waiting = new Set<() => void>()
  let closed = false
  const wake = (): void => waiting.forEach((resume) => resume())
  return {
    wake,
    wait: (milliseconds) => new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer)
        waiting.delete(resume)
        resolve()
      }
      const timer = setTimeout(resume, milliseconds)
      waiting.add(resume)
    }),
    close: () => {
      closed = true
      wake()
    },
    isClosed: () => closed
  }
}
