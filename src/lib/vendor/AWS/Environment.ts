/** What AWS Lambda and its SDK say in variables of their own. Ours are read by `src/util/env`. */

/** Whether the SDK was pointed away from AWS by its own variable `AWS_ENDPOINT_URL`. */
export const hasCustomEndpoint = (): boolean => Boolean(process.env.AWS_ENDPOINT_URL)

/** The trace of the current invocation as Lambda gives it: it changes with each one. */
export const traceId = (): string | undefined => process.env._X_AMZN_TRACE_ID || undefined

/** Whether this runs as a Lambda function, on AWS or embedded. */
export const isLambda = (): boolean => Boolean(process.env.AWS_LAMBDA_FUNCTION_NAME)

/** Whether X-Ray records the current invocation: it has a trace, was not left out of the sample, and Powertools is not told to leave it. */
export const isSampled = (): boolean => {
  const trace = traceId()
  return trace !== undefined && process.env.POWERTOOLS_TRACE_ENABLED !== 'false' && !/(?:^|;)\s*Sampled=0/.test(trace)
}
