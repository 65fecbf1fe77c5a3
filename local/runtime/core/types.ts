import type {IncomingMessage, ServerResponse} from 'node:http'

/** Time as every engine of the runtime sees it: milliseconds since the epoch. The virtual clock has the same shape. */
export interface Clock {
  now: () => number
  /**
   * Calls back once `at` (epoch ms) has come; at once if it has passed. Returns a function that cancels.
   * Virtual time waits for a promise that is answered, and does not pass for the sake of housekeeping, which never ends.
   */
  at: (at: number, callback: () => unknown, kind?: 'work' | 'housekeeping') => () => void
}

/** What is under way: virtual time stands still meanwhile. */
export interface Activity {
  during: <T>(work: Promise<T>) => Promise<T>
}

/** One AWS service of the runtime, spoken over its wire protocol. */
export interface Service {
  /** Signing name in the credential scope of a request: `events`, `states`, `s3`, … */
  readonly signingName: string
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
  /** Called once everything is wired: resume what an earlier process left unfinished. */
  start?: () => Promise<void> | void
  stop?: () => Promise<void> | void
}

export interface InvocationResult {
  readonly payload: string
  /** `Unhandled` if the function threw; the payload is then `{errorType, errorMessage, trace}`. */
  readonly functionError?: string
}

export interface LambdaService extends Service {
  /** Synchronous invocation by name or ARN. Rejects with a ServiceError if the function cannot be invoked at all. */
  invoke: (functionName: string, payload: string) => Promise<InvocationResult>
  /** Asynchronous invocation: durable, retried as the event invoke configuration says, then sent to its on-failure destination. */
  invokeAsync: (functionName: string, payload: string, delayMilliseconds?: number) => void
}

export interface SqsService extends Service {
  send: (queueArn: string, body: string, attributes?: Readonly<Record<string, string>>) => string
}

export interface StatesService extends Service {
  startExecution: (input: {readonly stateMachineArn: string, readonly name?: string, readonly input: string}) => {
    readonly executionArn: string
    readonly startDate: number
  }
}

/** An entry of PutEvents, as on the wire. */
export interface PutEventsEntry {
  readonly EventBusName?: string
  readonly Source?: string
  readonly DetailType?: string
  readonly Detail?: string
  readonly Resources?: readonly string[]
  readonly Time?: number
  readonly TraceHeader?: string
}

export interface PutEventsResult {
  readonly FailedEntryCount: number
  readonly Entries: ReadonlyArray<{readonly EventId?: string, readonly ErrorCode?: string, readonly ErrorMessage?: string}>
}

export interface EventsService extends Service {
  putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult
}

/** Hands a payload to whatever an ARN names: a function, a state machine, a queue, a topic or another bus. Throws ServiceError. */
export type Deliver = (target: DeliveryTarget, payload: string) => Promise<void>

export interface DeliveryTarget {
  readonly arn: string
  readonly roleArn?: string
  /** The event's id: a state machine's execution is named after it, so that a duplicate delivery finds the first one's execution. */
  readonly eventId?: string
  /** The role alone permits the call: the receiver's own permissions do not count. */
  readonly isByRole?: boolean
}

/** What the runtime reports to its watchers: the CLI's timeline, `--json` and the console. An event's `rules` are those it met. */
export type Observation =
  | {readonly type: 'event', readonly at: string, readonly event: EventEnvelope, readonly bus?: string, readonly rules?: readonly string[]}
  | {readonly type: 'delivery', readonly at: string, readonly rule: string, readonly target: string, readonly eventId: string, readonly outcome: 'delivered' | 'retrying' | 'dead-lettered', readonly attempt: number, readonly error?: string}
  | {readonly type: 'state', readonly at: string, readonly executionArn: string, readonly state: string, readonly phase: 'entered' | 'exited' | 'failed' | 'retrying', readonly fileId?: string, readonly error?: string}
  | {readonly type: 'execution', readonly at: string, readonly executionArn: string, readonly status: string, readonly fileId?: string, readonly error?: string}
  | {readonly type: 'invocation', readonly at: string, readonly functionName: string, readonly requestId: string, readonly milliseconds: number, readonly maxMemoryBytes?: number, readonly initMilliseconds?: number, readonly error?: string, readonly eventId?: string, readonly fileId?: string}
  | {readonly type: 'log', readonly at: string, readonly functionName: string, readonly line: string, readonly requestId?: string}
  | {readonly type: 'object', readonly at: string, readonly bucket: string, readonly key: string, readonly size: number, readonly eventName: string}
  | {readonly type: 'notification', readonly at: string, readonly endpointArn: string, readonly userId?: string, readonly platform: string, readonly message: unknown}
  | {readonly type: 'fault', readonly at: string, readonly place: string, readonly effect: string, readonly by?: string}

export interface EventEnvelope {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: string
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
  readonly 'replay-name'?: string
}

export type Observe = (observation: Observation) => void

/** A part of the address that is neither AWS nor the HTTP API. */
export interface Site {
  serves: (path: string) => boolean
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
}
