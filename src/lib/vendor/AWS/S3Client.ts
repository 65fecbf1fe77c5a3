import {S3Client} from '@aws-sdk/client-s3'
import {isObject} from '../../../types/json'
import {hasCustomEndpoint} from './Environment'
import {traceClient} from './XRay'

const client = new S3Client({
  forcePathStyle: hasCustomEndpoint(),
  responseChecksumValidation: 'WHEN_REQUIRED',
  // Two silences that would last until Lambda ends the invocation: of a host that is gone, and of one that does not answer.
  requestHandler: {connectionTimeout: 5_000, socketTimeout: 60_000}
})

/**
 * A part comes with its CRC32, which S3 compares. To sign its SHA-256 as well would read it once more, for more time than all the rest
 * takes; the request itself is signed as always. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
client.middlewareStack.add((next, {commandName}) => (args) => {
  if (commandName === 'UploadPartCommand' && isObject(args.request) && isObject(args.request.headers)) {
    Object.assign(args.request.headers, {'x-amz-content-sha256': 'UNSIGNED-PAYLOAD'})
  }
  return next(args)
}, {step: 'build', name: 'unsignedPayload', tags: ['UNSIGNED_PAYLOAD']})

/**
 * The one S3 client. A custom endpoint has no bucket hosts, hence the path style; a link asks for no checksum that its browser cannot
 * compare.
 */
export const s3 = traceClient(client)
