import {EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {SFNClient, StartExecutionCommand} from '@aws-sdk/client-sfn'
import {GetQueueUrlCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
import {asObject, isObject, type Json} from '../../shared/json'
import type {ClientOptions} from '../program/target'
import type {Letter} from './letter'

export type Way = 'target' | 'bus'

/** Sends a letter on its way again. Throws if it was not taken. */
export type Post = (letter: Letter, way: Way) => Promise<void>

interface Clients {
  readonly lambda: Pick<LambdaClient, 'send'>
  readonly states: Pick<SFNClient, 'send'>
  readonly events: Pick<EventBridgeClient, 'send'>
  readonly sqs: Pick<SQSClient, 'send'>
}

interface Envelope {
  readonly source: string
  readonly 'detail-type': string
  readonly detail: Json
}

const readEnvelope = ({payload, messageId}: Letter): Envelope => {
  const {source, 'detail-type': detailType, detail} = asObject(payload)
  if (typeof source !== 'string' || typeof detailType !== 'string' || !isObject(detail)) {
    throw new Error(`Expected message ${messageId} to hold an event with source, detail-type and detail; it does not.`)
  }
  return {source, 'detail-type': detailType, detail}
}

const toQueue = async (sqs: Clients['sqs'], queueArn: string, payload: unknown): Promise<void> => {
  const {QueueUrl} = await sqs.send(new GetQueueUrlCommand({QueueName: queueArn.split(':').at(-1)}))
  await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: typeof payload === 'string' ? payload : JSON.stringify(payload)}))
}

/** The workflow takes the fileId alone, as its rule's transformer gives it. */
const toTarget = async ({lambda, states, sqs}: Clients, letter: Letter): Promise<void> => {
  const {targetArn, payload, messageId} = letter
  if (targetArn.includes(':stateMachine:')) {
    const input = JSON.stringify({fileId: readEnvelope(letter).detail.fileId})
    await states.send(new StartExecutionCommand({stateMachineArn: targetArn, input}))
  } else if (targetArn.includes(':function:')) {
    await lambda.send(new InvokeCommand({FunctionName: targetArn, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(payload))}))
  } else if (targetArn.includes(':sqs:')) {
    await toQueue(sqs, targetArn, payload)
  } else {
    throw new Error(`Expected message ${messageId} to name a function or a state machine that it was for; it names '${targetArn}'.`)
  }
}

const toBus = async ({events}: Clients, letter: Letter, ownBus: string): Promise<void> => {
  const {source, 'detail-type': detailType, detail} = readEnvelope(letter)
  if (source.startsWith('aws.')) {
    throw new Error(`Expected an event of ours for the bus; message ${letter.messageId} has the source ${source}, which AWS keeps for itself.`)
  }
  const bus = letter.bus ?? ownBus
  const entry = {EventBusName: bus, Source: source, DetailType: detailType, Detail: JSON.stringify(detail)}
  const {FailedEntryCount = 0, Entries = []} = await events.send(new PutEventsCommand({Entries: [entry]}))
  if (FailedEntryCount > 0) {
    throw new Error(`Expected ${bus} to take message ${letter.messageId}; it answered ${Entries[0]?.ErrorCode} (${Entries[0]?.ErrorMessage}).`)
  }
}

export const awsClients = (options: ClientOptions): Clients =>
  ({lambda: new LambdaClient(options), states: new SFNClient(options), events: new EventBridgeClient(options), sqs: new SQSClient(options)})

/** Posts to a letter's own target, or as a new event to its bus. What arrives twice has no second effect: claims and the push ledger see to that. */
export const openPost = (clients: Clients, ownBus: string): Post => (letter, way) =>
  way === 'bus' ? toBus(clients, letter, ownBus) : toTarget(clients, letter)
