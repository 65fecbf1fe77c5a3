interface ObjectInput {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId?: string
  readonly PartNumber?: number
  readonly ContentType?: string
  readonly Body?: Uint8Array
  readonly Metadata?: Readonly<Record<string, string>>
}

export interface StoredObject {
  readonly Bucket: string
  readonly Key: string
  readonly ContentType?: string | undefined
  readonly ContentLength: number
  readonly ETag: string
  readonly Metadata: Readonly<Record<string, string>>
}

interface Upload {
  readonly input: ObjectInput
  readonly parts: Map<number, number>
}

export interface Objects {
  readonly commands: Readonly<Record<string, (input: ObjectInput) => unknown>>
  reset(): void
}

const named = (name: string): Error => Object.assign(new Error(`The shadow's bucket: ${name}.`), {name, $metadata: {httpStatusCode: 404}})

type Commands = Objects['commands']

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
      uploadOf(input).parts.set(input.PartNumber ?? 1, input.Body?.length ?? 0)
      return {ETag: `"part-${input.PartNumber}"`}
    },
    listParts: (input) => ({
      IsTruncated: false,
      Parts: [...uploadOf(input).parts].toSorted(([left], [right]) => left - right)
        .map(([PartNumber, Size]) => ({PartNumber, Size, ETag: `"part-${PartNumber}"`}))
    }),
    completeMultipartUpload: (input) => {
      const {input: begun, parts} = uploadOf(input)
      uploads.delete(input.UploadId ?? '')
      return create(begun, [...parts.values()].reduce((sum, bytes) => sum + bytes, 0), 'ObjectCreated:CompleteMultipartUpload')
    },
    abortMultipartUpload: (input) => ({Aborted: uploads.delete(input.UploadId ?? '')})
  }
}

/** A bucket that counts bytes and keeps none. `etagOf` says what S3 called an object, where somebody knows. */
export const createObjects = (etagOf: (key: string) => string | undefined, onCreated: (object: StoredObject, eventName: string) => void): Objects => {
  const objects = new Map<string, StoredObject>()
  const uploads = new Map<string, Upload>()
  const create = ({Bucket, Key, ContentType, Metadata = {}}: ObjectInput, ContentLength: number, eventName: string): StoredObject => {
    const object = {Bucket, Key, ContentType, ContentLength, ETag: `"${etagOf(Key) ?? `shadow-${ContentLength}`}"`, Metadata}
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
