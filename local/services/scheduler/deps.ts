import type {Wiring} from '../../../shared/wiring/wiring'
import type {PutEventsEntry, PutEventsResult} from '../../runtime/core/types'
import type {DeliveryDeps} from '../events/deliveries'

/** All that EventBridge Scheduler needs of the world around it. */
export interface SchedulerDeps extends DeliveryDeps {
  readonly wiring: Wiring
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult
  /** In [0, 1), for the place in a flexible window; seeded in tests. */
  readonly random: () => number
  readonly newId?: () => string
}
