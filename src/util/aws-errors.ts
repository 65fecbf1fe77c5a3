/** Whether an error has one of these names; AWS's errors differ by name. */
export const isErrorNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name)

/** What a call returns, or undefined if it fails with an error of this name; every other error is thrown on. */
export const unlessNamed = async <T>(name: string, call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call
  } catch (error) {
    if (isErrorNamed(error, name)) {
      return undefined
    }
    throw error
  }
}
