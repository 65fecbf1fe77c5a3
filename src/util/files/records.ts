import type {DeviceRecord} from '../../types/device'
import type {FileRecord} from '../../types/domain'
import type {FileUserRecord} from '../../types/file-user'
import type {Json} from '../../types/json'
import type {TableKey} from './keys'

/** That a user asked for a file, with the place of the record. */
export type StoredRequest = FileUserRecord & TableKey

/** Makes items of the table records of one kind. What it reads throws if one of these texts is missing: the item is of another kind. */
const parser = <T>(kind: string, ...texts: ReadonlyArray<keyof T & string>) => (item: Json): T => {
  const missing = texts.filter((name) => typeof item[name] !== 'string')
  if (missing.length > 0) {
    throw new Error(
      `Expected the record of a ${kind}; the item ${String(item.PK)} ${String(item.SK)} has no ${missing.join(', ')}.`
        + ' Look at it in the table.'
    )
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- we alone write it; records only gain optional members
  return item as T
}

export const parseFile = parser<FileRecord>('file', 'fileId')
export const parseRequest = parser<StoredRequest>('request', 'fileId', 'userId')
export const parseDevice = parser<DeviceRecord>('device', 'deviceId', 'endpointArn')
