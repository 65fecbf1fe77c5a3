import {DeleteObjectsCommand, ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type ObjectIdentifier, type S3Client} from '@aws-sdk/client-s3'

export interface Contents {
  /** Objects with their old versions. */
  readonly versions: number
  readonly bytes: number
}

interface Version {
  readonly Key?: string
  readonly VersionId?: string
  readonly Size?: number
}

/** Pages of at most 1,000 versions and markers of deleted objects. */
const pages = async function* (client: S3Client, bucket: string): AsyncGenerator<readonly Version[]> {
  let page: ListObjectVersionsCommandOutput | undefined
  do {
    const {NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker}: Partial<ListObjectVersionsCommandOutput> = page ?? {}
    page = await client.send(new ListObjectVersionsCommand({Bucket: bucket, KeyMarker, VersionIdMarker}))
    yield [...page.Versions ?? [], ...page.DeleteMarkers ?? []]
  } while (page.IsTruncated === true)
}

/** What a bucket holds; it asks once for each 1,000 versions. */
export const measureBucket = async (client: S3Client, bucket: string): Promise<Contents> => {
  let contents: Contents = {versions: 0, bytes: 0}
  for await (const page of pages(client, bucket)) {
    const bytes = page.reduce((sum, {Size = 0}) => sum + Size, 0)
    contents = {versions: contents.versions + page.length, bytes: contents.bytes + bytes}
  }
  return contents
}

const deleteAll = async (client: S3Client, bucket: string, versions: readonly Version[]): Promise<void> => {
  const Objects = versions.map(({Key, VersionId}): ObjectIdentifier => ({Key: Key!, VersionId}))
  const {Errors = []} = await client.send(new DeleteObjectsCommand({Bucket: bucket, Delete: {Objects, Quiet: true}}))
  if (Errors.length > 0) {
    throw new Error(`S3 kept ${Errors.length} of the objects in ${bucket}, the first of them ${Errors[0]!.Key}: ${Errors[0]!.Message}`)
  }
}

/** Deletes every version and every marker. Throws if S3 keeps one. */
export const emptyBucket = async (client: S3Client, bucket: string): Promise<number> => {
  let deleted = 0
  for await (const page of pages(client, bucket)) {
    if (page.length > 0) {
      await deleteAll(client, bucket, page)
      deleted += page.length
    }
  }
  return deleted
}
