import {randomBytes} from 'node:crypto'
import type {Clock} from '../../runtime/core/types'
import {mayInvoke, type WiredPermission} from '../../../shared/wiring/permissions'
import type {Place} from '../../../shared/wiring/place'
import type {WiredNotification} from '../../../shared/wiring/notifications'

export interface NotifiedObject {
  readonly bucket: string
  readonly key: string
  readonly size?: number
  readonly etag?: string
  readonly version?: string
}

/** Tells the functions that the bucket's notification names. To be called within the transaction that makes the change. */
export type Notifier = (eventName: string, object: NotifiedObject) => void

export interface NotifierDeps {
  readonly clock: Clock
  readonly place: Place
  readonly notifications: readonly WiredNotification[]
  readonly permissions: readonly WiredPermission[]
  readonly invokeAsync: (functionArn: string, payload: string) => void
}

const wants = ({bucket, events, prefix, suffix}: WiredNotification, eventName: string, object: NotifiedObject): boolean =>
  bucket === object.bucket && object.key.startsWith(prefix) && object.key.endsWith(suffix)
  && events.some((event) => event === `s3:${eventName}` || (event.endsWith(':*') && `s3:${eventName}`.startsWith(event.slice(0, -1))))

/** Form style, as S3 does it: a space is `+`; slashes stay. */
export const encodeKey = (key: string): string => encodeURIComponent(key)
  .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  .replaceAll('%20', '+').replaceAll('%2F', '/')

let count = 0

/** Grows with time, so that of two events about a key the later is known; hexadecimal. */
const sequencer = (clock: Clock): string => (BigInt(clock.now()) * 65_536n + BigInt(count++ % 65_536)).toString(16).toUpperCase().padStart(18, '0')

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const createRecord = (eventName: string, id: string, {bucket, key, size, etag, version}: NotifiedObject, {clock, place}: NotifierDeps): unknown => ({
  eventVersion: '2.6',
  eventSource: 'aws:s3',
  awsRegion: place.region,
  eventTime: new Date(clock.now()).toISOString(),
  eventName,
  userIdentity: {principalId: `AWS:${place.account}`},
  requestParameters: {sourceIPAddress: '127.0.0.1'},
  responseElements: {'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(), 'x-amz-id-2': randomBytes(24).toString('base64')},
  s3: {
    s3SchemaVersion: '1.0',
    configurationId: id,
    bucket: {name: bucket, ownerIdentity: {principalId: place.account}, arn: `arn:${place.partition}:s3:::${bucket}`},
    object: {
      key: encodeKey(key),
      ...(size !== undefined && {size}), ...(etag !== undefined && {eTag: etag}), ...(version !== undefined && {versionId: version}),
      sequencer: sequencer(clock)
    }
  }
})

export const createNotifier = (deps: NotifierDeps): Notifier => (eventName, object) => {
  const bucketArn = `arn:${deps.place.partition}:s3:::${object.bucket}`
  for (const notification of deps.notifications.filter((candidate) => wants(candidate, eventName, object))) {
    if (mayInvoke(deps.permissions, notification.functionArn, 's3.amazonaws.com', bucketArn)) {
      deps.invokeAsync(notification.functionArn, JSON.stringify({Records: [createRecord(eventName, notification.id, object, deps)]}))
    } else {
      process.emitWarning(`The wiring has no aws_lambda_permission for ${bucketArn} on ${notification.functionArn}; S3 does not call it.`)
    }
  }
}
