import type {DatabaseSync} from 'node:sqlite'
import type {HoldOf} from '../../runtime/core/hold'
import type {Activity, Clock, InvocationResult, Observe, PutEventsEntry, PutEventsResult} from '../../runtime/core/types'
import type {Wiring} from '../../../shared/wiring/wiring'

/** All that the workflow engine needs of the world around it. */
export interface StatesDeps {
  readonly clock: Clock
  /** Hears of every task under way; no one by default. */
  readonly activity?: Activity
  readonly db: DatabaseSync
  readonly observe: Observe
  /** Its state machines are taken. */
  readonly wiring: Wiring
  /** Synchronous invocation of a function by name or ARN; throws ServiceError if it cannot be invoked at all. */
  readonly invoke: (functionName: string, payload: string) => Promise<InvocationResult>
  /** Functions whose tasks are not always held to their time; without it each is. */
  readonly holdOf?: HoldOf
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult
  /** `http://127.0.0.1:<port>`, asked for at the first call of a service: the port is known only once the runtime listens. */
  readonly endpoint: () => string
  /** Shortens the wait before a state is tried again, both in milliseconds; as the retrier says if it is left out. */
  readonly retryDelay?: (milliseconds: number) => number
  /** In [0, 1), for jitter and States.MathRandom; seeded in tests. */
  readonly random?: () => number
  /** A fresh UUID, for execution names, task tokens and States.UUID; seeded in tests. */
  readonly newId?: () => string
}
