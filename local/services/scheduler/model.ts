import type {RetryPolicy} from '../events/model'

export interface ScheduleTarget {
  readonly Arn: string
  readonly RoleArn: string
  readonly Input?: string | undefined
  readonly DeadLetterConfig?: {readonly Arn?: string | undefined} | undefined
  readonly RetryPolicy: RetryPolicy
  readonly EventBridgeParameters?: {readonly DetailType: string, readonly Source: string} | undefined
}

/** A schedule, as the API names its members; times are epoch seconds. */
export interface Schedule {
  readonly Arn: string
  readonly GroupName: string
  readonly Name: string
  readonly Description?: string | undefined
  readonly ScheduleExpression: string
  readonly ScheduleExpressionTimezone: string
  readonly StartDate?: number | undefined
  readonly EndDate?: number | undefined
  readonly State: 'ENABLED' | 'DISABLED'
  readonly FlexibleTimeWindow: {readonly Mode: 'OFF' | 'FLEXIBLE', readonly MaximumWindowInMinutes?: number | undefined}
  readonly Target: ScheduleTarget
  readonly ActionAfterCompletion: 'NONE' | 'DELETE'
  readonly KmsKeyArn?: string | undefined
  readonly CreationDate: number
  readonly LastModificationDate: number
  /** Epoch ms: from when a rate counts, and which of its times the schedule came to last; undefined before the first. */
  readonly from: number
  readonly last?: number | undefined
}

export interface Group {
  readonly Arn: string
  readonly Name: string
  readonly State: 'ACTIVE'
  readonly CreationDate: number
  readonly LastModificationDate: number
}

export const DEFAULT_GROUP = 'default'
