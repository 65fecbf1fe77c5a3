import {HeadBucketCommand, S3Client} from '@aws-sdk/client-s3'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {RefusedError, explainError} from '../../shared/cli/errors'
import {asObject} from '../../shared/json'
import type {Buckets} from './state'

/** Options of every client: the Region of the stack; an endpoint that is not AWS's knows no buckets as host names. */
export const clientOptions = (region: string) => ({region, maxAttempts: 3})

export const s3Client = (region: string): S3Client =>
  new S3Client({...clientOptions(region), forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined})

/** Account of the credentials at hand. Throws RefusedError if there are none, or AWS takes none of them. */
export const accountId = async (region: string): Promise<string> => {
  try {
    const {Account} = await new STSClient(clientOptions(region)).send(new GetCallerIdentityCommand())
    return Account ?? ''
  } catch (error) {
    throw new RefusedError(`AWS does not say whose account this is; are there credentials? ${explainError(error)}`)
  }
}

const readStatus = (error: unknown): unknown => asObject(asObject(error)['$metadata'])['httpStatusCode']

/** Whether a bucket is there. Throws RefusedError if it is and may not be looked at. */
const hasBucket = async (s3: S3Client, bucket: string): Promise<boolean> => {
  try {
    await s3.send(new HeadBucketCommand({Bucket: bucket}))
    return true
  } catch (error) {
    if (readStatus(error) === 404) {
      return false
    }
    throw new RefusedError(`Whether the states lie in the bucket ${bucket} is unknown: ${explainError(error)}. STATE_BUCKET names another.`)
  }
}

/** Finds the bucket that terraform/bootstrap makes, by its name. */
export const bucketsIn = (region: string): Buckets => ({
  find: async () => {
    const bucket = `mediadownloader-state-${await accountId(region)}-${region}`
    return await hasBucket(s3Client(region), bucket) ? bucket : undefined
  }
})
