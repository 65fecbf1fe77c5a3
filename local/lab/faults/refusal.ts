import {ServiceError} from '../../runtime/core/errors'
import type {Effect} from './fault'

type Refusal = readonly [code: string, statusCode: number]

interface Refusals {
  readonly throttle: Refusal
  readonly error: Refusal
}

const usual: Refusals = {throttle: ['ThrottlingException', 400], error: ['InternalFailure', 500]}

/** By signing name: what a service says that has too much to do, and what it says when it is broken. */
const refusals: Readonly<Record<string, Refusals>> = {
  dynamodb: {throttle: ['ThrottlingException', 400], error: ['InternalServerError', 500]},
  events: {throttle: ['ThrottlingException', 400], error: ['InternalException', 500]},
  lambda: {throttle: ['TooManyRequestsException', 429], error: ['ServiceException', 500]},
  s3: {throttle: ['SlowDown', 503], error: ['InternalError', 500]},
  sns: {throttle: ['Throttled', 429], error: ['InternalError', 500]},
  sqs: {throttle: ['RequestThrottled', 400], error: ['InternalFailure', 500]}
}

/** How a service refuses a call that a fault strikes. */
export const createRefusal = (service: string, effect: Effect): ServiceError => {
  const {throttle, error} = refusals[service] ?? usual
  const [code, statusCode] = effect === 'throttle' ? throttle : error
  return new ServiceError(code, `The fault '${effect}' was asked for.`, statusCode)
}
