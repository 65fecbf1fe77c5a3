import {EventBridgeClient, PutEventsCommand, type PutEventsRequest, type PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {traceClient} from './XRay'

// Bounded, so that a call that hangs ends, and is retried, well before the function does. Pure: who only parses events does not bundle it.
const client = /* @__PURE__ */ traceClient(/* @__PURE__ */ new EventBridgeClient({
  requestHandler: {connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true}
}))

/**
 * Sends up to 10 entries. Resolves although entries failed: look at `FailedEntryCount`, which the SDK does not retry.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const putEvents = (input: PutEventsRequest): Promise<PutEventsResponse> => client.send(new PutEventsCommand(input))
