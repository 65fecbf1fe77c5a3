import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'S3',
  protocol: 'REST XML',
  operations: {
    AbortMultipartUpload: '',
    CompleteMultipartUpload: '',
    CopyObject: '',
    CreateMultipartUpload: '',
    DeleteObject: '',
    DeleteObjects: '',
    GetBucketLocation: '',
    GetObject: '',
    HeadBucket: '',
    HeadObject: '',
    ListBuckets: '',
    ListMultipartUploads: '',
    ListObjects: '',
    ListObjectsV2: '',
    ListParts: '',
    PutObject: '',
    UploadPart: ''
  },
  refused: {}
}
