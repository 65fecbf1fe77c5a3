import {S3Client} from '@aws-sdk/client-s3'
import {hasCustomEndpoint} from '../../../util/env'
import {traceClient} from './XRay'

/** The one S3 client. A custom endpoint has no bucket hosts, hence the path style; a link asks for no checksum that its browser cannot compare. */
export const s3 = traceClient(new S3Client({
  forcePathStyle: hasCustomEndpoint(),
  responseChecksumValidation: 'WHEN_REQUIRED'
}))
