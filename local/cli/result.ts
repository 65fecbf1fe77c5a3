import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import {pipeline} from 'node:stream/promises'
import type {ApiError} from '../../shared/api'
import type {Outcome} from './follow'

/** How a URL ended, as `--json` prints it; null if there is nothing to tell. */
export interface Result {
  readonly url: string
  readonly fileId: string | null
  readonly status: string
  readonly key: string | null
  /** The object as a file on this machine; null if it will be gone when the runtime stops. */
  readonly path: string | null
  readonly size: number | null
  readonly sha256: string | null
  readonly error: ApiError | null
}

/** Where an object lies on this machine. */
export type PathOf = (bucket: string, key: string) => string

export const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Bucket and key in a path-style link to an object. */
export const placeIn = (downloadUrl: string): {bucket: string, key: string} => {
  const [bucket = '', ...key] = new URL(downloadUrl).pathname.split('/').slice(1).map(decodeURIComponent)
  return {bucket, key: key.join('/')}
}

/** Looks at the object itself: its size and digest are what lies there, not what a record says. */
export const readResult = async ({url, file, error}: Outcome, pathOf: PathOf, isKept: boolean): Promise<Result> => {
  const nothing = {fileId: file?.fileId ?? null, key: null, path: null, size: null, sha256: null, error: error ?? null}
  if (file?.status !== 'Downloaded' || file.downloadUrl === null) {
    return {url, status: 'Failed', ...nothing}
  }
  const {bucket, key} = placeIn(file.downloadUrl)
  const path = pathOf(bucket, key)
  return {url, status: file.status, ...nothing, key, path: isKept ? path : null, size: (await stat(path)).size, sha256: await hashFile(path)}
}
