import {AsyncResource} from 'node:async_hooks'
import {Tracer} from '@aws-lambda-powertools/tracer'
import type {Context} from 'aws-lambda'
import {addLogContext} from '../Logger'

export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>

// Plain http(s) stays untraced: sources are strangers, and the trace header would go to them.
const tracer = new Tracer({captureHTTPsRequests: false})

/**
 * Traces a handler as a subsegment with cold start, service and error; its result and its error stay what they are. Outside Lambda it only
 * calls it. Each invocation has its own asynchronous context, so that a correlation id never reaches the next one. What is (not) linked end
 * to end: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in Handler of @types/aws-lambda
export const withXRay = <Event = any, Result = any>(
  handler: LambdaHandler<Event, Result>
): LambdaHandler<Event, Result> => (event, context) =>
  new AsyncResource('Invocation').runInAsyncScope(async () => {
    quietly(() => addLogContext(context))
    return isTraced() ? traced(handler, event, context) : handler(event, context)
  })

/** The client with each of its calls traced as a subsegment; outside Lambda the client as it is. */
export const traceClient = <Client>(client: Client): Client =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- any client will do, its type is of another SDK
  tracer.captureAWSv3Client(client as never)

/** An invocation without a trace id (a test, an emulator) would only make the X-Ray SDK complain. */
const isTraced = (): boolean => tracer.isTracingEnabled() && tracer.getRootXrayTraceId() !== undefined

const traced = <Event, Result>(handler: LambdaHandler<Event, Result>, event: Event, context: Context): Promise<Result> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the provider returns what its function does
  tracer.provider.captureAsyncFunc(`## ${context?.functionName ?? 'handler'}`, async (subsegment) => {
    quietly(() => tracer.annotateColdStart())
    quietly(() => tracer.addServiceNameAnnotation())
    try {
      return await handler(event, context)
    } catch (error) {
      quietly(() => tracer.addErrorAsMetadata(error instanceof Error ? error : new Error(String(error))))
      throw error
    } finally {
      quietly(() => subsegment?.close())
    }
  }) as Promise<Result>

/** Watching must not break what is watched. */
const quietly = (observe: () => void): void => {
  try {
    observe()
  } catch (error) {
    console.warn('An observation of the invocation failed; the invocation continues.', error)
  }
}
