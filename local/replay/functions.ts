import {trustedJson} from '../../shared/json'
import {ServiceError} from '../runtime/core/errors'
import type {InvocationResult} from '../runtime/core/types'
import {functionFinder} from '../services/lambda/functions'
import {lambdaRetryDelays} from '../services/lambda/asynchronous'
import {type WiredFunction, wiredFunctions} from '../../shared/wiring/functions'
import type {Wiring} from '../../shared/wiring/wiring'
import type {Activity} from './activity'
import type {ShadowBundle} from './bundle'
import type {ShadowClock} from './clock'

/** An asynchronous invocation that failed permanently: on AWS it would lie in the function's on-failure queue. */
export interface GivenUp {
  readonly functionName: string
  readonly error: string
}

export interface Functions {
  invoke: (functionName: string, payload: string) => Promise<InvocationResult>
  /** As Lambda does it: tried again after a minute and after two, in the shadow's time. */
  invokeAsync: (functionName: string, payload: string) => void
  /** The variables of all functions; a name means the same in each. */
  readonly environment: Readonly<Record<string, string>>
}

export interface FunctionDeps {
  readonly wiring: Wiring
  readonly bundle: ShadowBundle
  readonly clock: ShadowClock
  readonly activity: Activity
  readonly onGivenUp: (givenUp: GivenUp) => void
}

const createContext = ({name, arn, timeoutSeconds, memoryMegabytes}: WiredFunction): unknown => ({
  callbackWaitsForEmptyEventLoop: true, functionName: name, functionVersion: '$LATEST', invokedFunctionArn: arn, memoryLimitInMB: String(memoryMegabytes),
  awsRequestId: 'shadow', logGroupName: `/aws/lambda/${name}`, logStreamName: 'shadow', getRemainingTimeInMillis: () => timeoutSeconds * 1000
})

const described = (error: unknown): string => JSON.stringify(error instanceof Error
  ? {errorType: error.name, errorMessage: error.message, trace: []}
  : {errorType: typeof error, errorMessage: String(error), trace: []})

/** Where sources may be, was decided when they were asked; and a file that is played alone shares no host with another. */
const shadowSettings = {ALLOW_PRIVATE_SOURCES: 'true', HOST_CONCURRENCY: '0'}

/** Today's handlers, called in this process, by the names that the wiring gives them. */
export const createFunctions = ({wiring, bundle, clock, activity, onGivenUp}: FunctionDeps): Functions => {
  const functions = wiredFunctions(wiring)
  const find = functionFinder(functions)
  const contexts = new Map(functions.map((wired) => [wired.name, createContext(wired)]))
  const call = async (wired: WiredFunction, payload: string): Promise<InvocationResult> => {
    const handler = bundle.handlers[wired.bundle]
    if (handler === undefined) {
      throw new ServiceError('ResourceNotFoundException', `The functions' shadow has no ${wired.bundle}. Make it again with npm run build.`, 404)
    }
    try {
      return {payload: JSON.stringify(await handler(JSON.parse(payload), contexts.get(wired.name))) ?? 'null'}
    } catch (error) {
      return {payload: described(error), functionError: 'Unhandled'}
    }
  }
  const attempt = async (wired: WiredFunction, payload: string, attempts: number): Promise<void> => {
    const result = await call(wired, payload)
    if (result.functionError === undefined || activity.isHalted()) {
      return
    }
    if (attempts <= wired.asynchronous.maximumRetryAttempts) {
      clock.at(clock.now() + (lambdaRetryDelays[attempts - 1] ?? 0), () => void activity.track(attempt(wired, payload, attempts + 1)))
      return
    }
    const {errorType, errorMessage} = trustedJson<{readonly errorType: string, readonly errorMessage: string}>(result.payload)
    onGivenUp({functionName: wired.name, error: `${errorType}: ${errorMessage}`})
  }
  return {
    environment: {...Object.fromEntries(functions.flatMap(({environment}) => Object.entries(environment))), ...shadowSettings},
    invoke: (functionName, payload) => activity.track(call(find(functionName), payload)),
    invokeAsync: (functionName, payload) => {
      const wired = find(functionName)
      clock.at(clock.now(), () => void activity.track(attempt(wired, payload, 1)))
    }
  }
}
