/** An event bus, as the API names its members. */
export interface Bus {
  readonly Name: string
  readonly Arn: string
  readonly Description?: string | undefined
  /** JSON text of the resource policy. */
  readonly Policy?: string | undefined
  readonly KmsKeyIdentifier?: string | undefined
  readonly DeadLetterConfig?: unknown
  readonly LogConfig?: unknown
  /** Epoch seconds; the wiring does not tell. */
  readonly CreationTime?: number | undefined
  readonly LastModifiedTime?: number | undefined
}

export interface RetryPolicy {
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumEventAgeInSeconds?: number | undefined
}

export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined
  readonly InputTemplate: string
}

export interface Target {
  readonly Id: string
  readonly Arn: string
  readonly RoleArn?: string | undefined
  readonly Input?: string | undefined
  readonly InputPath?: string | undefined
  readonly InputTransformer?: InputTransformer | undefined
  readonly DeadLetterConfig?: {readonly Arn?: string | undefined} | undefined
  readonly RetryPolicy?: RetryPolicy | undefined
}

export interface Rule {
  readonly Name: string
  readonly Arn: string
  readonly EventBusName: string
  readonly State: string
  readonly EventPattern?: string | undefined
  readonly ScheduleExpression?: string | undefined
  /** Epoch ms from which a rate counts; the start of the runtime for a rule of the wiring. */
  readonly ScheduledFrom?: number | undefined
  readonly Description?: string | undefined
  readonly RoleArn?: string | undefined
  readonly targets: readonly Target[]
}

export interface Archive {
  readonly ArchiveName: string
  readonly ArchiveArn: string
  readonly EventSourceArn: string
  readonly Description?: string | undefined
  readonly EventPattern?: string | undefined
  /** 0 keeps events for ever. */
  readonly RetentionDays: number
  /** Epoch seconds; the wiring does not tell. */
  readonly CreationTime?: number | undefined
}

export interface Replay {
  readonly ReplayName: string
  readonly ReplayArn: string
  readonly Description?: string | undefined
  readonly State: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED'
  readonly StateReason?: string | undefined
  readonly EventSourceArn: string
  readonly Destination: {readonly Arn: string, readonly FilterArns?: readonly string[] | undefined}
  /** Epoch seconds, as on the wire. */
  readonly EventStartTime: number
  readonly EventEndTime: number
  readonly EventLastReplayedTime?: number | undefined
  readonly ReplayStartTime: number
  readonly ReplayEndTime?: number | undefined
  /** Time (ms) and row of the last event sent: where a restart continues. */
  readonly cursor: readonly [time: number, id: number]
}

export const DEFAULT_BUS = 'default'
