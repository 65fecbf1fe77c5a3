import type {DatabaseSync} from 'node:sqlite'
import type {Clock, Deliver, Observe} from '../../runtime/core/types'
import type {Wiring} from '../../../shared/wiring/wiring'

/** All that the bus needs of the world around it. */
export interface EventsDeps {
  readonly clock: Clock
  readonly db: DatabaseSync
  readonly observe: Observe
  /** Its buses, rules, targets and archives are taken. */
  readonly wiring: Wiring
  /** Hands a payload to a function (asynchronously), state machine, queue or topic. The bus itself serves targets that are buses. */
  readonly deliver: Deliver
  /** Sends a message with string attributes to a dead-letter queue; throws ServiceError if there is no such queue. */
  readonly deadLetter: (queueArn: string, body: string, attributes: Readonly<Record<string, string>>) => void
  /** In [0, 1), for the jitter of retries; seeded in tests. */
  readonly random?: () => number
  /** A fresh UUID, for event ids; seeded in tests. */
  readonly newId?: () => string
  /** Milliseconds before attempt `retry` (1 is the first repetition) of a delivery; EventBridge's own curve if it is left out. */
  readonly retryDelay?: (retry: number, random: () => number) => number
}
