import {ServiceError} from '../../runtime/core/errors'
import type {WiredFunction} from '../../../shared/wiring/functions'

/** Places for invocations, as an account has them: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export interface Concurrency {
  /** Takes a place; returns how to give it back. Throws ThrottledError if there is none. */
  enter: (wired: Pick<WiredFunction, 'name' | 'reservedConcurrency'>) => () => void
}

type Reason = 'ConcurrentInvocationLimitExceeded' | 'ReservedFunctionConcurrentInvocationLimitExceeded'

/** There is no place for an invocation: nothing of it has happened. */
export class ThrottledError extends ServiceError {
  constructor(readonly reason: Reason) {
    super('TooManyRequestsException', 'Rate Exceeded.', 429)
  }
}

/** `reservedConcurrency` is a function's own; all others share what reservations leave of `account`, if that is given. */
export const createConcurrency = (functions: ReadonlyArray<Pick<WiredFunction, 'name' | 'reservedConcurrency'>>, account = Infinity): Concurrency => {
  const unreserved = functions.reduce((left, {reservedConcurrency = 0}) => left - reservedConcurrency, account)
  const running = new Map<string, number>()
  const add = (pool: string, count: number): void => { running.set(pool, (running.get(pool) ?? 0) + count) }
  return {
    enter: ({name, reservedConcurrency}) => {
      const isReserved = reservedConcurrency !== undefined
      const pool = isReserved ? name : ''
      if ((running.get(pool) ?? 0) >= (reservedConcurrency ?? unreserved)) {
        throw new ThrottledError(isReserved ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : 'ConcurrentInvocationLimitExceeded')
      }
      add(pool, 1)
      return () => add(pool, -1)
    }
  }
}
