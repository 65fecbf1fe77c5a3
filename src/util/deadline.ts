import type {Context} from 'aws-lambda'
import type {NamedError} from './errors'

/** A signal that aborts with a reason of ours, by `abort` or `marginMilliseconds` before Lambda would kill the invocation. */
export interface Deadline {
  readonly signal: AbortSignal
  abort: (reason: NamedError) => void
  /** Stops watching. */
  end: () => void
}

/** Starts to watch the time that an invocation has left. */
export const startDeadline = (
  context: Pick<Context, 'getRemainingTimeInMillis'>, marginMilliseconds: number, reason: NamedError
): Deadline => {
  const controller = new AbortController()
  const abort = (why: NamedError): void => controller.abort(why)
  const timer = setTimeout(() => abort(reason), Math.max(0, context.getRemainingTimeInMillis() - marginMilliseconds))
  return {signal: controller.signal, abort, end: () => clearTimeout(timer)}
}
