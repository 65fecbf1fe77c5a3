import type {IncomingMessage, ServerResponse} from 'node:http'
import type {DatabaseSync} from 'node:sqlite'
import type {Clock, Observe, Service} from '../../runtime/core/types'
import {wiredNotifications} from '../../../shared/wiring/notifications'
import {wiredPermissions} from '../../../shared/wiring/permissions'
import type {Place} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import {sendAnswer, sendError} from './answer'
import {createBucket} from './bucket-operations'
import {openBuckets} from './buckets'
import type {S3Context} from './context'
import {noSuchBucket, S3Error} from './errors'
import {openFiles} from './files'
import {keepExpiring} from './lifecycle'
import {createNotifier} from './notifications'
import {openObjects} from './objects'
import {findOperation} from './operations'
import {checkPresigned, type Credentials} from './presigned'
import {header, parseRequest, type S3Request} from './request'
import {createSlots} from './slots'
import {openUploads} from './uploads'
import {openVersions} from './versions'
import {wiredBuckets} from './wired-buckets'

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
    buckets: openBuckets(db, clock, wiredBuckets(wiring)),
    files: openFiles(deps.folder),
    objects: openObjects(db),
    versions: openVersions(db),
    uploads: openUploads(db),
    slots: createSlots(),
    notifier: createNotifier({...deps, notifications: wiredNotifications(wiring), permissions: wiredPermissions(wiring)})
  }
}

const accountHeaders = ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']

/** A client that names the owner of a bucket is told if it is another. Throws AccessDenied. */
const checkOwner = ({place}: S3Context, s3: S3Request): void => {
  if (accountHeaders.some((name) => (header(s3, name) ?? place.account) !== place.account)) {
    throw new S3Error('AccessDenied', 'Access Denied', 403)
  }
}

const answer = async (context: S3Context, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const s3 = parseRequest(request)
  const operation = findOperation(s3)
  if (s3.bucket !== '' && operation !== createBucket && context.buckets.find(s3.bucket) === undefined) {
    throw noSuchBucket(s3.bucket)
  }
  checkOwner(context, s3)
  const answered = await operation(context, s3, response)
  if (answered !== undefined) {
    sendAnswer(response, answered)
  }
}

/** The part of S3 that media needs: objects and their versions, ranges, multipart uploads, checksums, notifications. */
export const createS3 = (deps: S3Deps): S3Service => {
  const context = createContext(deps)
  const swept = context.files.sweep(new Set([...context.objects.ids(), ...context.versions.ids()]), context.uploads.ids())
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
        sendError(response, {method: request.method ?? 'GET'}, error)
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
