/** The command line says something that no program of ours knows. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What an operator can do something about: the message is all there is to say. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** One sentence of any error; the SDK's messages do without their subject, so their name comes first. */
export const sentenceOf = (error: unknown): string => {
  const {name = '', message = String(error)} = error as Partial<Error>
  const isOurs = error instanceof UsageError || error instanceof RefusedError
  return isOurs || name === 'Error' || name === '' ? message : `${name}: ${message.split('\n')[0]}`
}
