import {AsyncResource} from 'node:async_hooks'
import type {Tracer} from '@aws-lambda-powertools/tracer'
import type {Context} from 'aws-lambda'
import {addLogContext} from '../Logger'
import {isSampled} from './Environment'

export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>

let tracer: Tracer | undefined
const clients: unknown[] = []

const capture = (by: Tracer, client: unknown): void =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- any client will do, its type is of another SDK
  void by.captureAWSv3Client(client as never)

/** With the first invocation that X-Ray samples: to load it takes a good part of a cold start, and most invocations are not sampled. */
const loadTracer = async (): Promise<Tracer> => {
  const {openTracer} = await import('./Tracer')
  if (tracer === undefined) {
    const own = openTracer()
    clients.forEach((client) => capture(own, client))
    tracer = own
  }
  return tracer
}

/**
 * Traces a handler as a subsegment with cold start, service and error; its result and its error stay what they are. Outside Lambda, and
 * if X-Ray does not sample, it only calls it. Each invocation has its own asynchronous context, so that a correlation id never reaches the
 * next one. What is (not) linked end to end: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in Handler of @types/aws-lambda
export const withXRay = <Event = any, Result = any>(
  handler: LambdaHandler<Event, Result>
): LambdaHandler<Event, Result> => (event, context) =>
  new AsyncResource('Invocation').runInAsyncScope(async () => {
    quietly(() => addLogContext(context))
    return isSampled() ? traced(await loadTracer(), handler, event, context) : handler(event, context)
  })

/** The client with each of its calls traced as a subsegment while X-Ray samples; the client itself. */
export const traceClient = <Client>(client: Client): Client => {
  clients.push(client)
  if (tracer !== undefined) {
    capture(tracer, client)
  }
  return client
}

const traced = <Event, Result>(
  by: Tracer, handler: LambdaHandler<Event, Result>, event: Event, context: Context
): Promise<Result> => by.isTracingEnabled()
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the provider returns what its function does
  ? by.provider.captureAsyncFunc(`## ${context?.functionName ?? 'handler'}`, async (subsegment) => {
    quietly(() => by.annotateColdStart())
    quietly(() => by.addServiceNameAnnotation())
    try {
      return await handler(event, context)
    } catch (error) {
      quietly(() => by.addErrorAsMetadata(error instanceof Error ? error : new Error(String(error))))
      throw error
    } finally {
      quietly(() => subsegment?.close())
    }
  }) as Promise<Result>
  : handler(event, context)

/** Watching must not break what is watched. */
const quietly = (observe: () => void): void => {
  try {
    observe()
  } catch (error) {
    console.warn('An observation of the invocation failed; the invocation continues.', error)
  }
}
