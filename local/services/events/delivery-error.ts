import {describeError} from '../../../shared/errors'
import {ServiceError} from '../../runtime/core/errors'

/** Why a delivery failed, in the words of EventBridge's dead letters. */
export interface DeliveryError {
  readonly code: string
  readonly message: string
  /** Without it the event goes to the dead-letter queue at once. */
  readonly retriable: boolean
}

const final: ReadonlyArray<readonly [RegExp, string]> = [
  [/^INVALID_JSON$|^THIRD_ACCOUNT_HOP_DETECTED$/, ''],
  [/AlreadyExists/, 'RESOURCE_ALREADY_EXISTS'],
  [/NotFound|NonExistent|DoesNotExist|NoSuch/, 'NO_RESOURCE'],
  [/AccessDenied|NotAuthorized|Unauthorized|InvalidSecurity|AuthorizationError/, 'NO_PERMISSIONS'],
  [/LimitExceeded/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/Validation|InvalidParameter|InvalidArn|InvalidName|InvalidExecutionInput|InvalidRequestContent|InvalidMessageContents|RequestTooLarge/, 'INVALID_PARAMETER']
]

/** EventBridge retries throttling, time-outs and failures of the target; a missing target or permission and bad input are final. */
export const deliveryError = (error: unknown): DeliveryError => {
  const message = describeError(error)
  if (!(error instanceof ServiceError)) {
    return {code: 'SDK_CLIENT_ERROR', message, retriable: true}
  }
  if (/Throttl|TooManyRequests/.test(error.code)) {
    return {code: 'THROTTLING', message, retriable: true}
  }
  if (/Time(d)?\s?Out|Timeout/i.test(error.code)) {
    return {code: 'TIMEOUT', message, retriable: true}
  }
  const known = final.find(([codes]) => codes.test(error.code))
  return known === undefined ? {code: 'ERROR_FROM_TARGET', message, retriable: true} : {code: known[1] || error.code, message, retriable: false}
}
