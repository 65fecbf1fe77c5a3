import type {DatabaseSync} from 'node:sqlite'
import type {Clock, Observe} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'
import type {Buckets} from './buckets'
import type {Files} from './files'
import type {Notifier} from './notifications'
import type {Objects} from './objects'
import type {Slots} from './slots'
import type {Uploads} from './uploads'
import type {Versions} from './versions'

/** What every operation works on. */
export interface S3Context {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly observe: Observe
  readonly place: Place
  readonly buckets: Buckets
  readonly files: Files
  readonly objects: Objects
  readonly versions: Versions
  readonly uploads: Uploads
  readonly slots: Slots
  readonly notifier: Notifier
}

/** The account. */
export const owner = ({place}: S3Context): {readonly ID: string, readonly DisplayName: string} => ({ID: place.account, DisplayName: 'local'})
