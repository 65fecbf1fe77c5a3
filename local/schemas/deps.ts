import type {DatabaseSync} from 'node:sqlite'
import type {Clock} from '../core/types'
import type {WiredResource} from '../events/deps'

/** All that the schema registry needs of the world around it. */
export interface SchemasDeps {
  readonly clock: Clock
  readonly db: DatabaseSync
  /** Registries and schemas of this list are taken; a changed content becomes the next version. */
  readonly resources: readonly WiredResource[]
}
