import {GetObjectCommand, HeadObjectCommand, type GetObjectCommandInput, type HeadObjectCommandInput, type HeadObjectCommandOutput} from '@aws-sdk/client-s3'
import {getSignedUrl} from '@aws-sdk/s3-request-presigner'
import {s3} from './S3Client'

/** Reads size, type and metadata of an object. Throws NotFound. */
export const headObject = (input: HeadObjectCommandInput): Promise<HeadObjectCommandOutput> => s3.send(new HeadObjectCommand(input))

/** A link that fetches an object without credentials, for `expiresIn` seconds or until the signer's own credentials end. */
export const presignGetObject = (input: GetObjectCommandInput, expiresIn: number): Promise<string> =>
  getSignedUrl(s3, new GetObjectCommand(input), {expiresIn})
