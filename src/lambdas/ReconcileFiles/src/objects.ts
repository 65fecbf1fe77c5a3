import {listObjects} from '../../../lib/vendor/AWS/S3'
import type {FileRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {headFile} from '../../../util/files/head-file'
import {mediaPrefix} from '../../../util/files/keys'

/** An object as the bucket lists it. */
export interface StoredObject {
  readonly key: string
  /** ISO 8601 UTC. */
  readonly modifiedAt: string
}

/** Every object of ours. */
export async function* storedObjects(): AsyncGenerator<StoredObject, void, undefined> {
  let token: string | undefined
  do {
    const {Contents = [], NextContinuationToken} =
      await listObjects({Bucket: env('BUCKET_NAME'), Prefix: mediaPrefix, ContinuationToken: token})
    yield* Contents.map(({Key = '', LastModified = new Date()}) => ({key: Key, modifiedAt: LastModified.toISOString()}))
    token = NextContinuationToken
  } while (token !== undefined)
}

interface Seen {
  readonly size?: number
  /** Of the attempt that began its upload. */
  readonly begunBy?: string
}

/** Size and attempt of an object, or undefined if there is none. */
export const lookAt = async (key: string): Promise<Seen | undefined> => {
  const head = await headFile(key)
  return head && {size: head.ContentLength, begunBy: head.Metadata?.['correlation-id']}
}

/** Whether an object is what the record's attempt, or the one whose parts it continues with, is to bring. */
export const isWhole = (object: Seen | undefined, {expectedSize, begunBy, correlationId}: FileRecord): boolean =>
  object?.size !== undefined && object.size === expectedSize && object.begunBy === (begunBy ?? correlationId)
