import type {DatabaseSync} from 'node:sqlite'
import type {Clock} from '../../runtime/core/types'
import type {Wiring} from '../../../shared/wiring/wiring'

/** All that the schema registry needs of the world around it. */
export interface SchemasDeps {
  readonly clock: Clock
  readonly db: DatabaseSync
  /** Its registries and schemas are taken; a changed content becomes the next version. */
  readonly wiring: Wiring
}
