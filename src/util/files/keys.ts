import {crc32} from 'node:zlib'

/**
 * Keys of the one table and of the bucket. Case is kept: YouTube ids differ by case alone (corrections 5).
 * The ASL file gets the same formats by placeholder; a test compares them.
 */

export interface TableKey {
  readonly PK: string
  readonly SK: string
}

/** The file itself: one item a media identity. */
export const fileKey = (fileId: string): TableKey => ({PK: `FILE#${fileId}`, SK: 'FILE'})

// A partition takes 1,000 writes a second, and everybody may want the same file in the same minute. There never become fewer: records would
// be lost.
const shards = 8

const shardKey = (fileId: string, shard: number): string => `FILE#${fileId}#${String(shard).padStart(2, '0')}`
const shardNumber = (userId: string): number => crc32(userId) % shards
const pickShard = (fileId: string, userId: string): string => shardKey(fileId, shardNumber(userId))

/** Where users of a file are beside its own partition, once it is spread; and what users were told. */
export const fileShards = (fileId: string): readonly string[] => Array.from({length: shards}, (_, shard) => shardKey(fileId, shard))

/** Every partition that has something of a file. */
export const filePartitions = (fileId: string): readonly string[] => [fileKey(fileId).PK, ...fileShards(fileId)]

const userSortKey = (userId: string): string => `USER#${userId}`
const pushSortKey = (userId: string, deviceId: string, outcome: string): string => `PUSH#${userId}#${deviceId}#${outcome}`

/** That a user asked for a file. `UserIndex` (userId, requestedAt) lists them by user. */
export const fileUserKey = (fileId: string, userId: string): TableKey => ({PK: fileKey(fileId).PK, SK: userSortKey(userId)})

/** The same of who asked once the file was spread; no one's record moves. */
export const shardUserKey = (fileId: string, userId: string): TableKey => ({PK: pickShard(fileId, userId), SK: userSortKey(userId)})

/** That the file is spread: some of its users are in its shards. A reader of its own partition sees it there, as the last. */
export const spreadKey = (fileId: string): TableKey => ({PK: fileKey(fileId).PK, SK: 'USERS'})

/** The share of joins that spread a file: of a few hardly any does, of thousands one of the first, and none has to be counted. */
export const spreadsFiles = (userId: string): boolean => (crc32(userId) >>> 3) % 8 === 3

/** That a push went (or is going) to one device about one outcome of a file. */
export const pushKey = (fileId: string, userId: string, deviceId: string, outcome: string): TableKey =>
  ({PK: pickShard(fileId, userId), SK: pushSortKey(userId, deviceId, outcome)})

/** The same of what was pushed before there were shards. */
export const oldPushKey = (fileId: string, userId: string, deviceId: string, outcome: string): TableKey =>
  ({PK: fileKey(fileId).PK, SK: pushSortKey(userId, deviceId, outcome)})

/** A device of a user. */
export const deviceKey = (userId: string, deviceId: string): TableKey => ({PK: `USER#${userId}`, SK: `DEVICE#${deviceId}`})

/** How many connections a host has, and how it feels about us. */
export const hostKey = (host: string): TableKey => ({PK: `HOST#${host}`, SK: 'HOST'})

export const fileUserPrefix = 'USER#'
export const pushPrefix = 'PUSH#'
export const devicePrefix = 'DEVICE#'
export const mediaPrefix = 'media/'

/** Key of a file's object, for example `media/youtube-dQw4w9WgXcQ.mp4`. */
export const mediaKey = (fileId: string, extension: string): string => `${mediaPrefix}${fileId}.${extension}`

/** Outside the prefix that announces media to S3ObjectCreated. */
export const extrasPrefix = 'extras/'

/** Key of a file's picture. */
export const thumbnailKey = (fileId: string, extension: string): string => `${extrasPrefix}${fileId}/thumbnail.${extension}`

/** Key of a file's captions in a language. */
export const captionsKey = (fileId: string, language: string): string => `${extrasPrefix}${fileId}/captions.${language}.vtt`

/** Whether a text can be a fileId: no key of the table is longer, and no other character is in one. */
export const isFileId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text)

/** Whether a text can be the partition key of a file, or of users of one. */
export const isFilePartition = (text: string): boolean => /^FILE#[A-Za-z0-9_-]{1,128}(?:#\d\d)?$/.test(text)

/** The fileId of an object key, or undefined if the key is not one of ours. */
export const fileIdOfMediaKey = (key: string): string | undefined =>
  /^media\/([A-Za-z0-9_-]{1,128})\.[A-Za-z0-9]{1,16}$/.exec(key)?.[1]
