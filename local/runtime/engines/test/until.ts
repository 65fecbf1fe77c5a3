/** Waits for what another process brings about, in real time; says what was awaited when it never comes. */
export const until = async <T>(what: string, probe: () => T | undefined | Promise<T | undefined>, milliseconds = 5000): Promise<T> => {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== false) {
      return value
    }
    if (Date.now() > deadline) {
      throw new Error(`Expected ${what} within ${milliseconds} ms; it did not happen.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
