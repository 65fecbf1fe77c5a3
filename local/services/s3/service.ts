import type {IncomingMessage, ServerResponse} from 'node:http'
import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../../runtime/core/errors'
import type {Clock, Observe, Service} from '../../runtime/core/types'
import {wiredNotifications} from '../../../shared/wiring/notifications'
import {wiredPermissions} from '../../../shared/wiring/permissions'
import type {Place} from '../../../shared/wiring/place'
import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import {sendAnswer, sendError} from './answer'
import type {S3Context} from './context'
import {openFiles} from './files'
import {getObject} from './get-object'
import {keepExpiring} from './lifecycle'
import {createNotifier} from './notifications'
import {openObjects} from './objects'
import {isRead, findOperation} from './operations'
import {checkPresigned, type Credentials} from './presigned'
import {parseRequest} from './request'
import {createSlots} from './slots'
import {openUploads} from './uploads'

/** All that S3 needs of the world around it. */
export interface S3Deps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly observe: Observe
  readonly wiring: Wiring
  readonly place: Place
  /** Objects and parts are files in it. */
  readonly folder: string
  /** Signers of links have these. */
  readonly credentials: Credentials
  readonly invokeAsync: (functionArn: string, payload: string) => void
}

export interface S3Service extends Service {
  /** The plain file of an object; undefined if there is none. */
  objectPath: (bucket: string, key: string) => string | undefined
}

const createContext = (deps: S3Deps): S3Context => {
  const {db, clock, observe, place, wiring} = deps
  return {
    db, clock, observe, place,
    buckets: wiring.ofType('aws_s3_bucket').map(({values}) => text(values, 'bucket')),
    files: openFiles(deps.folder),
    objects: openObjects(db),
    uploads: openUploads(db),
    slots: createSlots(),
    notifier: createNotifier({...deps, notifications: wiredNotifications(wiring), permissions: wiredPermissions(wiring)})
  }
}

const answer = async (context: S3Context, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const s3 = parseRequest(request)
  if (s3.bucket !== '' && !context.buckets.includes(s3.bucket)) {
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404)
  }
  const operation = isRead(s3) ? undefined : findOperation(s3)
  if (operation === undefined) {
    await getObject(context, s3, response)
  } else {
    sendAnswer(response, await operation(context, s3))
  }
}

/** The part of S3 that media needs: objects, ranges, multipart uploads, checksums, notifications. */
export const createS3 = (deps: S3Deps): S3Service => {
  const context = createContext(deps)
  const swept = context.files.sweep(context.objects.ids(), context.uploads.ids())
  const endExpiring = keepExpiring(context, deps.wiring)
  return {
    signingName: 's3',
    handle: async (request, response) => {
      try {
        checkPresigned(request, deps.credentials, deps.clock)
        await answer(context, request, response)
      } catch (error) {
        // A client that went away in the middle is no one's error.
        if (request.destroyed && !request.complete) {
          response.destroy()
          return
        }
        sendError(response, {method: request.method ?? 'GET', resource: (request.url ?? '').split('?')[0]!}, error)
      }
    },
    stop: async () => {
      endExpiring()
      await swept
    },
    objectPath: (bucket, key) => {
      const object = context.objects.find(bucket, key)
      return object && context.files.objectPath(object.id, object.key)
    }
  }
}
