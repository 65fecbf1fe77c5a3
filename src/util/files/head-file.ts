import {headObject} from '../../lib/vendor/AWS/S3'
import {unlessNamed} from '../aws-errors'
import {env} from '../env'

export type Head = Awaited<ReturnType<typeof headObject>>

/** What S3 says of an object of the media, or undefined if there is none. */
export const headFile = (Key: string): Promise<Head | undefined> =>
  unlessNamed('NotFound', headObject({Bucket: env('BUCKET_NAME'), Key}))
