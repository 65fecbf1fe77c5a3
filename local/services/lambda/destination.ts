import type {Outcome} from './outcome'

interface Failure {
  readonly requestId: string
  readonly functionArn: string
  readonly condition: string
  readonly attempts: number
  readonly payload: string
  readonly outcome: Outcome
  readonly at: number
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What an on-failure destination gets: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const failureRecord = ({requestId, functionArn, condition, attempts, payload, outcome, at}: Failure): string => JSON.stringify({
  version: '1.0',
  timestamp: new Date(at).toISOString(),
  requestContext: {requestId, functionArn: `${functionArn}:$LATEST`, condition, approximateInvokeCount: attempts},
  requestPayload: parsed(payload),
  responseContext: {statusCode: 200, executedVersion: '$LATEST', functionError: outcome.functionError},
  responsePayload: parsed(outcome.payload)
})
