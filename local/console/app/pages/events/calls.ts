import {trustedJson} from '../../../../../shared/json'
import type {EventEnvelope} from '../../../../runtime/core/types'
import {aws, local, schemas} from '../../core/http'

export interface Problem {
  readonly at: string
  readonly message: string
}

export interface Fate {
  readonly at: string
  readonly rule: string
  readonly target: string
  readonly outcome: 'delivered' | 'retrying' | 'dead-lettered'
  readonly attempts: number
  readonly error?: string
}

export interface Invocation {
  readonly at: string
  readonly functionName: string
  readonly requestId: string
  readonly milliseconds: number
  readonly error?: string
}

/** An event as `/_local/events` shows it. */
export interface Shown {
  readonly id: number
  readonly at: string
  readonly event: EventEnvelope
  readonly bus: string
  readonly rules: readonly string[]
  readonly verdict: 'valid' | 'invalid' | 'unknown'
  readonly problems: readonly Problem[]
  readonly deliveries: readonly Fate[]
  readonly invocations: readonly Invocation[]
}

export interface Detailed extends Shown {
  readonly attempts: ReadonlyArray<Omit<Fate, 'attempts'> & {readonly attempt: number}>
}

export interface EventPage {
  readonly last: number
  readonly total: number
  readonly events: readonly Shown[]
  readonly next: number | null
}

export interface EventFilter {
  readonly name: string
  readonly text: string
}

export const listEvents = ({name, text}: EventFilter, before?: number): Promise<EventPage> => local(`/events?${new URLSearchParams({
  limit: '100', ...(name !== '' && {name}), ...(text !== '' && {text}), ...(before !== undefined && {before: String(before)})
})}`)

export const oneEvent = (eventId: string): Promise<Detailed> => local(`/events/${encodeURIComponent(eventId)}`)

export const judge = (event: unknown): Promise<Pick<Shown, 'verdict' | 'problems'>> => local('/verdict', 'POST', event)

export interface Match {
  readonly id: number
  readonly at: string
  readonly eventId: string
  readonly name: string
  readonly fileId?: string
}

export interface Tried {
  readonly tried: number
  readonly matching: readonly Match[]
}

export const tryPattern = (pattern: string): Promise<Tried> => local('/patterns', 'POST', {pattern})

interface PutEvents {
  readonly FailedEntryCount: number
  readonly Entries: ReadonlyArray<{readonly EventId?: string, readonly ErrorCode?: string, readonly ErrorMessage?: string}>
}

/** Returns the event's id. Throws what the bus says if it refuses. */
export const publish = async (bus: string, {source, detailType, detail}: {source: string, detailType: string, detail: string}): Promise<string> => {
  const entry = {EventBusName: bus, Source: source, DetailType: detailType, Detail: detail}
  const {Entries: [outcome]} = await aws<PutEvents>('events', 'PutEvents', {Entries: [entry]})
  if (outcome?.EventId === undefined) {
    throw new Error(`The bus refused the event: ${outcome?.ErrorCode}: ${outcome?.ErrorMessage}`)
  }
  return outcome.EventId
}

/** JSON Schema of an event's detail, with its source. */
export interface Contract {
  readonly source: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** The contract of an event in the registry. */
export const readContract = async (registry: string, name: string): Promise<Contract> => {
  const {Content} = await schemas<{Content: string}>(`/registries/name/${registry}/schemas/name/${name}/export?type=JSONSchemaDraft4`)
  const {definitions, 'x-amazon-events-source': source} = trustedJson<{definitions: Record<string, Record<string, unknown>>, 'x-amazon-events-source'?: string}>(Content)
  return {source: source ?? '', detail: {...definitions[name], definitions}}
}

export interface Queue {
  readonly name: string
  readonly url: string
  readonly count: number
}

/** Queues that hold anything: what could not be delivered or handled. */
export const fullQueues = async (): Promise<Queue[]> => {
  const {QueueUrls = []} = await aws<{QueueUrls?: string[]}>('sqs', 'ListQueues', {})
  const counted = await Promise.all(QueueUrls.map(async (url) => {
    const {Attributes} = await aws<{Attributes: Record<string, string>}>('sqs', 'GetQueueAttributes', {QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages']})
    return {name: url.split('/').at(-1) ?? url, url, count: Number(Attributes['ApproximateNumberOfMessages'])}
  }))
  return counted.filter(({count}) => count > 0)
}

export interface Letter {
  readonly MessageId: string
  readonly Body: string
  readonly MessageAttributes?: Readonly<Record<string, {readonly StringValue?: string}>>
}

/** Looks at the messages of a queue; they stay there. */
export const lettersIn = async (url: string): Promise<Letter[]> => {
  const input = {QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All']}
  return (await aws<{Messages?: Letter[]}>('sqs', 'ReceiveMessage', input)).Messages ?? []
}
