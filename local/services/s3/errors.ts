import {ServiceError} from '../../runtime/core/errors'

/** An error with what S3 tells of it besides: members of its document (`Key`, `BucketName`, `Condition`) and headers. */
export class S3Error extends ServiceError {
  constructor(
    code: string, message: string, statusCode: number,
    readonly details: Readonly<Record<string, string>> = {}, readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(code, message, statusCode)
  }
}

export const noSuchBucket = (BucketName: string): S3Error => new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, {BucketName})

export const noSuchKey = (Key: string, headers = {}): S3Error => new S3Error('NoSuchKey', 'The specified key does not exist.', 404, {Key}, headers)

export const noSuchVersion = (Key: string, VersionId: string): S3Error =>
  new S3Error('NoSuchVersion', 'The specified version does not exist.', 404, {Key, VersionId})

export const noSuchUpload = (UploadId: string): S3Error => new S3Error('NoSuchUpload',
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', 404, {UploadId})

export const malformedXml = (): S3Error =>
  new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', 400)

export const invalidArgument = (message: string, ArgumentName: string, ArgumentValue: string): S3Error =>
  new S3Error('InvalidArgument', message, 400, {ArgumentName, ArgumentValue})

export const invalidRequest = (message: string): S3Error => new S3Error('InvalidRequest', message, 400)

/** What a condition named `condition` forbids. */
export const preconditionFailed = (Condition: string): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {Condition})

/** A delete marker can only be deleted. */
export const isDeleteMarker = (Method: string, version: string, modified: number): S3Error => new S3Error(
  'MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {Method, ResourceType: 'DeleteMarker'},
  {'x-amz-delete-marker': 'true', 'x-amz-version-id': version, 'last-modified': new Date(modified).toUTCString(), allow: 'DELETE'}
)

/** Refuses a feature of S3 by the name it has in the request, before anything is done. */
export const notImplemented = (what: string, details: Readonly<Record<string, string>> = {}): S3Error =>
  new S3Error('NotImplemented', `A header or query you provided implies functionality that is not implemented: ${what}.`, 501, details)
