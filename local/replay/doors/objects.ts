import {combineCrcs} from '../../services/s3/crc-combine'

/** What the commands take, as the SDK has it. */
export interface ObjectInput {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId?: string
  readonly PartNumber?: number
  readonly PartNumberMarker?: string
  readonly ContentType?: string
  readonly Body?: Uint8Array
  readonly ChecksumCRC32?: string
  readonly Metadata?: Readonly<Record<string, string>>
}

export interface StoredObject {
  readonly Bucket: string
  readonly Key: string
  readonly ContentType?: string | undefined
  readonly ContentLength: number
  readonly ETag: string
  readonly ChecksumCRC32?: string
  readonly Metadata: Readonly<Record<string, string>>
}

interface Part {
  readonly size: number
  readonly checksum: string
}

interface Upload {
  readonly input: ObjectInput
  readonly parts: Map<number, Part>
}

export interface Objects {
  readonly commands: Readonly<Record<string, (input: ObjectInput) => unknown>>
  reset: () => void
}

const named = (name: string): Error => Object.assign(new Error(`The shadow's bucket: ${name}.`), {name, $metadata: {httpStatusCode: 404}})

type Commands = Objects['commands']

const inOrder = ({parts}: Upload): Array<readonly [number, Part]> => [...parts].toSorted(([left], [right]) => left - right)

/** The CRC32 of the whole: as its only reader says, else from its parts. */
const wholeChecksum = (upload: Upload, {ChecksumCRC32}: ObjectInput): {readonly ChecksumCRC32?: string} => {
  const parts = inOrder(upload).map(([, part]) => part)
  const isKnown = parts.length > 0 && parts.every(({checksum}) => checksum !== '')
  return ChecksumCRC32 === undefined && isKnown ? {ChecksumCRC32: combineCrcs('CRC32', parts)} : {...(ChecksumCRC32 !== undefined && {ChecksumCRC32})}
}

const uploadCommands = (uploads: Map<string, Upload>, create: (input: ObjectInput, bytes: number, eventName: string) => StoredObject): Commands => {
  let count = 0
  const uploadOf = ({UploadId = ''}: ObjectInput): Upload => {
    const upload = uploads.get(UploadId)
    if (upload === undefined) {
      throw named('NoSuchUpload')
    }
    return upload
  }
  return {
    createMultipartUpload: (input) => {
      const UploadId = `upload-${++count}`
      uploads.set(UploadId, {input, parts: new Map()})
      return {UploadId}
    },
    uploadPart: (input) => {
      uploadOf(input).parts.set(input.PartNumber ?? 1, {size: input.Body?.length ?? 0, checksum: input.ChecksumCRC32 ?? ''})
      return {ETag: `"part-${input.PartNumber}"`}
    },
    listParts: (input) => ({
      IsTruncated: false,
      Parts: inOrder(uploadOf(input)).filter(([number]) => number > Number(input.PartNumberMarker ?? 0))
        .map(([PartNumber, {size: Size, checksum: ChecksumCRC32}]) => ({PartNumber, Size, ChecksumCRC32, ETag: `"part-${PartNumber}"`}))
    }),
    completeMultipartUpload: (input) => {
      const upload = uploadOf(input)
      uploads.delete(input.UploadId ?? '')
      const size = [...upload.parts.values()].reduce((sum, part) => sum + part.size, 0)
      return create({...upload.input, ...wholeChecksum(upload, input)}, size, 'ObjectCreated:CompleteMultipartUpload')
    },
    abortMultipartUpload: (input) => ({Aborted: uploads.delete(input.UploadId ?? '')})
  }
}

/** A bucket that counts bytes and keeps none. `etagOf` says what S3 called an object, if someone knows. */
export const createObjects = (etagOf: (key: string) => string | undefined, onCreated: (object: StoredObject, eventName: string) => void): Objects => {
  const objects = new Map<string, StoredObject>()
  const uploads = new Map<string, Upload>()
  const create = ({Bucket, Key, ContentType, ChecksumCRC32, Metadata = {}}: ObjectInput, ContentLength: number, eventName: string): StoredObject => {
    const checksum = ChecksumCRC32 === undefined ? {} : {ChecksumCRC32}
    const object = {Bucket, Key, ContentType, ContentLength, ...checksum, ETag: `"${etagOf(Key) ?? `shadow-${ContentLength}`}"`, Metadata}
    objects.set(Key, object)
    onCreated(object, eventName)
    return object
  }
  return {
    reset: () => {
      objects.clear()
      uploads.clear()
    },
    commands: {
      ...uploadCommands(uploads, create),
      headObject: ({Key}) => {
        const object = objects.get(Key)
        if (object === undefined) {
          throw named('NotFound')
        }
        return object
      },
      presignGetObject: ({Key}) => `https://shadow.invalid/${Key}`,
      putObject: (input) => create(input, input.Body?.length ?? 0, 'ObjectCreated:Put'),
      deleteObject: ({Key}) => ({DeleteMarker: objects.delete(Key)})
    }
  }
}
