/** Wakes those who wait for messages: at once where one is sent, else after a while, since hidden ones come back by time. */
export interface Waiters {
  wake(): void
  /** Resolves when woken, at the latest after `milliseconds`. */
  wait(milliseconds: number): Promise<void>
}

export const createWaiters = (): Waiters => {
  const waiting = new Set<() => void>()
  return {
    wake: () => waiting.forEach((resume) => resume()),
    wait: (milliseconds) => new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer)
        waiting.delete(resume)
        resolve()
      }
      const timer = setTimeout(resume, milliseconds)
      waiting.add(resume)
    })
  }
}
