import {describeError} from '../../../../shared/errors'
import {StatesError} from '../asl/errors'

export interface ServiceFailure {
  readonly code: string
  readonly message: string
  readonly statusCode: number
  readonly requestId: string
}

/** The cause as Step Functions words a service's refusal. */
export const formatCause = (service: string, {code, message, statusCode, requestId}: ServiceFailure): string =>
  `${message} (Service: ${service}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`

/** What never reached the service. */
export const unreachable = (prefix: string, error: unknown): StatesError =>
  new StatesError(`${prefix}.SdkClientException`, describeError(error))
