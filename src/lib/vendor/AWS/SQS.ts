import {
  ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient,
  type ChangeMessageVisibilityCommandInput,
  type ChangeMessageVisibilityCommandOutput, type SendMessageCommandInput, type SendMessageCommandOutput
} from '@aws-sdk/client-sqs'
import {traceClient} from './XRay'

// Queues' URLs name AWS; the endpoint is where the SDK was pointed to.
const client = traceClient(new SQSClient({useQueueUrlAsEndpoint: false}))

/** Puts a message of at most 1 MiB into a queue. Throws QueueDoesNotExist. */
export const sendMessage = (input: SendMessageCommandInput): Promise<SendMessageCommandOutput> => client.send(new SendMessageCommand(input))

/** Sets how many seconds from now a message in flight stays hidden, at most 43,200. Throws ReceiptHandleIsInvalid, MessageNotInflight. */
export const changeMessageVisibility = (input: ChangeMessageVisibilityCommandInput): Promise<ChangeMessageVisibilityCommandOutput> =>
  client.send(new ChangeMessageVisibilityCommand(input))
