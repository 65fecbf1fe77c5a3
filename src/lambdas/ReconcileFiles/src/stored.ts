import {deleteObject} from '../../../lib/vendor/AWS/S3'
import type {FileRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {getFile, isForgotten} from '../../../util/files/file-records'
import {fileIdOfMediaKey} from '../../../util/files/keys'
import {lifecycle} from '../../../util/files/lifecycle'
import {requestAgain} from '../../../util/files/request-again'
import {completeAgain} from './complete-again'
import {type Drift, isOlderThan, patience} from './drift'
import {filesIn} from './files'
import {isWhole, lookAt, storedObjects, type StoredObject} from './objects'

const remove = async (key: string): Promise<void> => {
  await deleteObject({Bucket: env('BUCKET_NAME'), Key: key})
}

const orphan = ({key, modifiedAt}: StoredObject, fileId: string, detail: string): Drift | undefined =>
  isOlderThan(modifiedAt, patience.keeping)
    ? {kind: 'object-without-record', fileId, since: modifiedAt, detail, repair: () => remove(key)}
    : undefined

/**
 * An object of an attempt that is neither done nor counted on by its record; that of an older attempt is left for the next one to replace.
 */
const uncompleted = async ({key, modifiedAt}: StoredObject, file: FileRecord): Promise<Drift | undefined> => {
  const {fileId, status} = file
  if (!isOlderThan(modifiedAt, patience.uploading)) {
    return undefined
  }
  return isWhole(await lookAt(key), file)
    ? {kind: 'object-without-completion',
        fileId, since: modifiedAt, detail: `${status}, though ${key} is whole`, repair: () => completeAgain(key)}
    : undefined
}

const driftOfObject = async (object: StoredObject): Promise<Drift | undefined> => {
  const fileId = fileIdOfMediaKey(object.key)
  const file = fileId === undefined ? undefined : await getFile(fileId)
  if (fileId === undefined || file === undefined) {
    return orphan(object, fileId ?? object.key, `${object.key}, which no record knows`)
  }
  if (file.status === 'Downloaded') {
    return file.s3Key === object.key ? undefined : orphan(object, fileId, `${object.key}, in place of which the record has ${file.s3Key}`)
  }
  if (file.error?.code === 'CancelledError') {
    return orphan(object, fileId, `${object.key}, which came as its file was cancelled`)
  }
  return uncompleted(object, file)
}

/**
 * Its record says so, and RequestFile begins a new attempt, as for any other failure. A later push is the same outcome, so it is not sent
 * again.
 */
const fetchAgain = async (file: FileRecord): Promise<void> => {
  const failed = await lifecycle.lost(file, {
    error: {code: 'StorageError', message: 'The file is not in the store any more. It is being fetched again.', retryable: true}
  })
  if (failed !== undefined) {
    await requestAgain(file)
  }
}

/** Objects that no record leads to, and objects that are whole though their record does not say so. Adds every key to `keys`. */
export async function* strayObjects(keys: Set<string>): AsyncGenerator<Drift, void, undefined> {
  for await (const object of storedObjects()) {
    keys.add(object.key)
    const drift = await driftOfObject(object)
    if (drift !== undefined) {
      yield drift
    }
  }
}

/** Files that are Downloaded and whose object is gone; `keys` are the objects that the bucket has listed. */
export async function* missingObjects(keys: ReadonlySet<string>): AsyncGenerator<Drift, void, undefined> {
  for await (const file of filesIn('Downloaded')) {
    const {fileId, s3Key, completedAt = file.updatedAt} = file
    // It may have come since the bucket was listed.
    if (!isForgotten(file) && (s3Key === undefined || (!keys.has(s3Key) && await lookAt(s3Key) === undefined))) {
      yield {kind: 'record-without-object',
        fileId, since: completedAt, detail: `${s3Key ?? 'no key'} is not in the bucket`, repair: () => fetchAgain(file)}
    }
  }
}
