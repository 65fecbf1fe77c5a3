/** Result of a conditional write, or undefined if its condition did not hold; every other error is thrown on. */
export const unlessRefused = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') {
      return undefined
    }
    throw error
  }
}
