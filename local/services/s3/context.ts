import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../../runtime/core/errors'
import type {Clock, Observe} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'
import type {Files} from './files'
import type {Notifier} from './notifications'
import type {Objects} from './objects'
import type {Slots} from './slots'
import type {Uploads} from './uploads'

/** What every operation works on. */
export interface S3Context {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly observe: Observe
  readonly place: Place
  readonly buckets: readonly string[]
  readonly files: Files
  readonly objects: Objects
  readonly uploads: Uploads
  readonly slots: Slots
  readonly notifier: Notifier
}

export const noSuchKey = (): ServiceError => new ServiceError('NoSuchKey', 'The specified key does not exist.', 404)

export const noSuchUpload = (): ServiceError => new ServiceError('NoSuchUpload',
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', 404)
