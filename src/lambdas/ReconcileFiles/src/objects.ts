import {headObject, listObjects} from '../../../lib/vendor/AWS/S3'
import {env} from '../../../util/env'
import {mediaPrefix} from '../../../util/keys'

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
    const {Contents = [], NextContinuationToken} = await listObjects({Bucket: env('BUCKET_NAME'), Prefix: mediaPrefix, ContinuationToken: token})
    yield* Contents.map(({Key = '', LastModified = new Date()}) => ({key: Key, modifiedAt: LastModified.toISOString()}))
    token = NextContinuationToken
  } while (token !== undefined)
}

/** Size and attempt of an object, or undefined where there is none. */
export const lookAt = async (key: string): Promise<{readonly size?: number, readonly correlationId?: string} | undefined> => {
  try {
    const {ContentLength, Metadata} = await headObject({Bucket: env('BUCKET_NAME'), Key: key})
    return {size: ContentLength, correlationId: Metadata?.['correlation-id']}
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') {
      return undefined
    }
    throw error
  }
}
