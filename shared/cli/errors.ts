import {describeError} from '../errors'
import {asObject, isObject} from '../json'

/** The command line says something that no program of ours knows. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What an operator can do something about: the message is all there is to say. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** What an error, its cause and its parts say: a connection to a name that has several addresses fails once for each. */
const listMessages = (error: unknown): string[] => {
  const {cause, errors} = asObject(error)
  return [describeError(error), ...[cause].concat(errors).filter(isObject).flatMap(listMessages)]
}

const reached = 'Are --suffix and --region those of the stack?'
const hints: ReadonlyArray<readonly [name: RegExp, says: (failure: string) => string]> = [
  [/^CredentialsProviderError$/, () => 'There are no AWS credentials. Log in, for example by aws sso login, or name a profile: --profile, or AWS_PROFILE.'],
  [/^(ExpiredToken|TokenRefreshRequired)/, () => 'The AWS credentials have expired. Log in again.'],
  [/^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/, (failure) => `${failure} AWS does not know these credentials.`],
  [/^(AccessDenied|UnauthorizedOperation|AuthorizationError)/, (failure) => `${failure} Other credentials are needed: --profile, or AWS_PROFILE.`],
  [/^(AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist|ResourceNotFoundException|StateMachineDoesNotExist)/, (failure) => `${failure} ${reached}`]
]

/** One sentence of any error; the SDK's messages do without their subject, so their name comes first. */
export const explainError = (error: unknown): string => {
  const [name, message] = [String(asObject(error)['name'] ?? ''), describeError(error)]
  const text = listMessages(error).join('\n')
  const [, refused] = /connect ECONNREFUSED (\S+:\d+)/.exec(text) ?? []
  if (refused !== undefined && !message.startsWith('Expected')) {
    return `Nothing answers at ${refused}. Start the local stack with npm start, or name another: --endpoint URL, or --aws.`
  }
  const [, unknown] = /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(text) ?? []
  if (unknown !== undefined) {
    return `The host ${unknown} is unknown here. Is the name right, and is there a network?`
  }
  if (message === 'Region is missing') {
    return 'Say which AWS Region: --region, or AWS_REGION.'
  }
  if (error instanceof UsageError || error instanceof RefusedError || name === 'Error' || name === '') {
    return message
  }
  const failure = `${name}: ${message.split('\n')[0]}`
  return hints.find(([known]) => known.test(name))?.[1](failure.replace(/[^.]$/, '$&.')) ?? failure
}
