import {EventBridgeClient, PutEventsCommand, type PutEventsRequest, type PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {traceClient} from './XRay'

const client = traceClient(new EventBridgeClient({}))

/**
 * Sends up to 10 entries. Resolves although entries failed: look at `FailedEntryCount`, which the SDK does not retry.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const putEvents = (input: PutEventsRequest): Promise<PutEventsResponse> => client.send(new PutEventsCommand(input))
