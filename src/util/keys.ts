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

/** That a user asked for a file. `UserIndex` (userId, requestedAt) lists them by user. */
export const fileUserKey = (fileId: string, userId: string): TableKey => ({PK: `FILE#${fileId}`, SK: `USER#${userId}`})

/** That a push went (or is going) to one device about one outcome of a file. */
export const pushKey = (fileId: string, userId: string, deviceId: string, outcome: string): TableKey =>
  ({PK: `FILE#${fileId}`, SK: `PUSH#${userId}#${deviceId}#${outcome}`})

/** A device of a user. */
export const deviceKey = (userId: string, deviceId: string): TableKey => ({PK: `USER#${userId}`, SK: `DEVICE#${deviceId}`})

/** How many connections a host has, and how it feels about us. */
export const hostKey = (host: string): TableKey => ({PK: `HOST#${host}`, SK: 'HOST'})

export const fileUserPrefix = 'USER#'
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

/** The fileId of an object key, or undefined where the key is not one of ours. */
export const fileIdOfMediaKey = (key: string): string | undefined =>
  /^media\/([A-Za-z0-9_-]{1,128})\.[A-Za-z0-9]{1,16}$/.exec(key)?.[1]
