import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {describeError} from '../../../shared/errors'
import {ServiceError} from '../../runtime/core/errors'
import type {LambdaService} from '../../runtime/core/types'
import {createAsynchronousQueue} from './asynchronous'
import {ThrottledError} from './concurrency'
import {createExecution, type ExecutionDeps} from './execution'
import {functionFinder} from './functions'
import {answerLambda} from './invoke-api'
import {describeFunctions, type DescribeDeps} from './describe'
import type {Outcome} from './outcome'

/** All that Lambda needs of the world around it. */
export interface LambdaDeps extends ExecutionDeps, DescribeDeps {
  readonly db: DatabaseSync
  readonly random: () => number
  /** Milliseconds before each repetition of an asynchronous invocation. */
  readonly retryDelays: readonly number[]
  readonly sendToQueue: (queueArn: string, body: string) => void
}

/** What could not be invoked at all counts as an attempt that failed. */
const failed = (error: unknown): Outcome => ({
  functionError: 'Unhandled',
  payload: JSON.stringify({
    errorType: error instanceof ServiceError ? error.code : 'Error', errorMessage: describeError(error), trace: []
  }),
  milliseconds: 0,
  maxMemoryBytes: 0
})

/** Runs functions as the wiring deploys them, from their bundles, each in processes of its own. */
export const createLambda = (deps: LambdaDeps): LambdaService => {
  const find = functionFinder(deps.functions)
  const execution = createExecution(deps)
  const asynchronous = createAsynchronousQueue({
    ...deps,
    functionOf: (name) => deps.functions.find((wired) => wired.name === name),
    invoke: async (wired, invocation) => {
      try {
        return {outcome: await execution.run(wired, invocation), isThrottled: false}
      } catch (error) {
        return {outcome: failed(error), isThrottled: error instanceof ThrottledError}
      }
    }
  })
  const invocations = {
    exists: find,
    invoke: async (functionName: string, payload: string) => execution.run(find(functionName), {requestId: randomUUID(), payload}),
    invokeAsync: (functionName: string, payload: string, delayMilliseconds?: number) =>
      asynchronous.add(find(functionName), payload, delayMilliseconds)
  }
  return {
    signingName: 'lambda',
    ...invocations,
    handle: (request, response) => answerLambda(request, response, invocations, (url) => describeFunctions(deps, url)),
    start: () => {
      execution.start()
      asynchronous.start()
    },
    stop: () => {
      asynchronous.stop()
      execution.stop()
    }
  }
}
