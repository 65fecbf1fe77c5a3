import {
  DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand,
  type DeleteObjectCommandInput, type DeleteObjectCommandOutput, type GetObjectCommandInput, type HeadObjectCommandInput,
  type HeadObjectCommandOutput, type ListObjectsV2CommandInput, type ListObjectsV2CommandOutput,
  type PutObjectCommandInput, type PutObjectCommandOutput
} from '@aws-sdk/client-s3'
import {getSignedUrl} from '@aws-sdk/s3-request-presigner'
import {s3} from './S3Client'

/** Reads size, type and metadata of an object. Throws NotFound. */
export const headObject = (input: HeadObjectCommandInput): Promise<HeadObjectCommandOutput> => s3.send(new HeadObjectCommand(input))

/** Writes one object as a whole. */
export const putObject = (input: PutObjectCommandInput): Promise<PutObjectCommandOutput> => s3.send(new PutObjectCommand(input))

/** A link that fetches an object without credentials, for `expiresIn` seconds or until the signer's own credentials end. */
export const presignGetObject = (input: GetObjectCommandInput, expiresIn: number): Promise<string> =>
  getSignedUrl(s3, new GetObjectCommand(input), {expiresIn})

/** Reads one page (at most 1,000) of a bucket's objects, in the order of their keys. */
export const listObjects = (input: ListObjectsV2CommandInput): Promise<ListObjectsV2CommandOutput> =>
  s3.send(new ListObjectsV2Command(input))

/** Removes an object; one that is gone already is no error. */
export const deleteObject = (input: DeleteObjectCommandInput): Promise<DeleteObjectCommandOutput> => s3.send(new DeleteObjectCommand(input))
