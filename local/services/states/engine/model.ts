export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'

/** An execution as it is kept; times are epoch ms. */
export interface Execution {
  readonly arn: string
  readonly machineArn: string
  readonly name: string
  readonly roleArn: string
  /** Digest of the definition it was started with: a later deploy does not change it. */
  readonly definition: string
  /** JSON, as it was given. */
  readonly input: string
  readonly started: number
  readonly status: Status
  readonly stopped?: number
  readonly output?: string
  readonly error?: string
  readonly cause?: string
  readonly redrives: number
  readonly redriven?: number
}

/** A Task under way. */
export interface TaskPhase {
  readonly kind: 'task'
  /** Results of an earlier attempt are not taken. */
  readonly attempt: string
  readonly parameters: unknown
  readonly timeoutSeconds?: number | undefined
  readonly heartbeatSeconds?: number | undefined
  /** When the attempt, and the next heartbeat, are too late. */
  readonly due?: number | undefined
  readonly beat?: number | undefined
  /** Of a task that waits for its token; `submitted` once the call that carries it has returned. */
  readonly token?: string | undefined
  readonly submitted?: boolean
}

/** A Parallel or Map under way; its branches and iterations are frames of their own. */
export interface ChildrenPhase {
  readonly kind: 'children'
  readonly total: number
  /** Children started so far. */
  readonly begun: number
  readonly open: number
  readonly failed: number
  readonly limit: number
  readonly toleratedCount?: number | undefined
  readonly toleratedPercentage?: number | undefined
}

/** Where a frame stands in its state. */
export type Phase =
  /** About to run its state; `entered` if that state was entered before and is run again by a retrier. */
  | {readonly kind: 'ready', readonly entered?: boolean}
  | {readonly kind: 'waiting', readonly until: number}
  | {readonly kind: 'retrying', readonly until: number}
  | TaskPhase
  | ChildrenPhase
  /** A child that has ended, kept until its parent has. */
  | {readonly kind: 'done', readonly output: unknown, readonly failed?: boolean}

/** One line of states being run: the execution's own, a branch of a Parallel or an iteration of a Map. */
export interface Frame {
  readonly id: number
  readonly parent?: number
  /** Which branch, or which item. */
  readonly index?: number
  readonly item?: {readonly Index: number, readonly Value: unknown}
  state: string
  /** The state's raw input. */
  input: unknown
  phase: Phase
  /** Id of the last history event of this line, and of the one by which it entered its state. */
  lastEvent: number
  enteredEvent: number
  enteredAt: string
  /** Repetitions so far, by retrier. */
  retries: number[]
}

/** How long an ended execution is kept, and its name with it. */
export const RETENTION = 90 * 86_400_000

export const MAX_BYTES = 262_144
export const MAX_EVENTS = 25_000
