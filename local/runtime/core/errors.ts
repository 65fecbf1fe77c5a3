/** An error as AWS services answer it: a code that clients switch on, a message and an HTTP status. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'

  constructor(readonly code: string, message: string, readonly statusCode = 400) {
    super(message)
  }
}
