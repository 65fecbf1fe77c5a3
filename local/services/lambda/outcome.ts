import {asObject} from '../../../shared/json'
import type {InvocationResult} from '../../runtime/core/types'

/** One invocation as a sandbox gets it. */
export interface Invocation {
  readonly requestId: string
  readonly payload: string
}

/** What came of it, with what Lambda's REPORT line says. */
export interface Outcome extends InvocationResult {
  readonly milliseconds: number
  readonly maxMemoryBytes: number
  readonly initMilliseconds?: number
}

const unhandled = (payload: unknown): InvocationResult => ({functionError: 'Unhandled', payload: JSON.stringify(payload)})

export const timedOut = (requestId: string, seconds: number): InvocationResult => unhandled({
  errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`
})

export const exited = (requestId: string, how: string): InvocationResult => unhandled({
  errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`
})

/** `errorType: errorMessage` of a failed invocation, for people. */
export const describeFailure = ({functionError, payload}: InvocationResult): string | undefined => {
  if (functionError === undefined) {
    return undefined
  }
  const {errorType, errorMessage} = asObject(JSON.parse(payload))
  return `${String(errorType)}: ${String(errorMessage)}`
}
