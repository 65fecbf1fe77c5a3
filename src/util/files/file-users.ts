import {getItem, query} from '../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../types/domain'
import type {FileUserRecord} from '../../types/file-user'
import {env} from '../env'
import {fileKey, fileShards, fileUserKey, fileUserPrefix, pushPrefix, shardUserKey, spreadKey, type TableKey} from './keys'
import {queryAll} from './query-all'
import {parseFile, parseRequest, type StoredRequest} from './records'

const usersQuery = (partition: string) => ({
  TableName: env('TABLE_NAME'),
  KeyConditionExpression: 'PK = :partition AND begins_with(SK, :users)',
  ExpressionAttributeValues: {':partition': partition, ':users': fileUserPrefix},
  ConsistentRead: true
})

/** Every user of one partition of a file, or those after one of them, page after page. */
export const usersIn = (partition: string, after?: string): AsyncGenerator<StoredRequest, void, undefined> =>
  queryAll(parseRequest, {...usersQuery(partition), ...(after !== undefined && {ExclusiveStartKey: {PK: partition, SK: after}})})

/** What the end of a file's own partition shows: its users, before them its old pushes, before those the file. */
export interface FileEnd {
  readonly users: readonly FileUserRecord[]
  /** Others are in its shards. */
  readonly isSpread: boolean
  /** Something was, or may have been, pushed before there were shards. */
  readonly hasOldPushes: boolean
  /** The file's record, if it was near enough. */
  readonly file?: FileRecord
}

/** The first `enough` users of a file's own partition, and what else the same read shows. */
export const readFileEnd = async (fileId: string, enough: number): Promise<FileEnd> => {
  const {PK, SK} = fileKey(fileId)
  const most = enough + 2
  const {Items = []} = await query({
    TableName: env('TABLE_NAME'),
    KeyConditionExpression: 'PK = :file',
    ExpressionAttributeValues: {':file': PK},
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: most
  })
  const having = (prefix: string) => Items.filter((item) => String(item.SK).startsWith(prefix))
  const [file] = Items.filter((item) => item.SK === SK).map(parseFile)
  const users = having(fileUserPrefix).reverse().map(parseRequest)
  return {
    users, isSpread: Items[0]?.SK === spreadKey(fileId).SK,
    hasOldPushes: users.length >= enough || having(pushPrefix).length > 0, ...(file && {file})
  }
}

/** Users who want a file, beginning with those who were seen: `enough` of them and perhaps others, or all if there are fewer. */
export const withShards = async (fileId: string, {users, isSpread}: FileEnd, enough: number): Promise<readonly FileUserRecord[]> => {
  if (users.length >= enough || !isSpread) {
    return users
  }
  const others = await Promise.all(fileShards(fileId).map(async (partition) => {
    const {Items = []} = await query({...usersQuery(partition), Limit: enough})
    return Items.map(parseRequest)
  }))
  return [...users, ...others.flat()]
}

/** Users who want a file: `enough` of them and perhaps others, or all if there are fewer. */
export const listFileUsers = async (fileId: string, enough: number): Promise<readonly FileUserRecord[]> =>
  withShards(fileId, await readFileEnd(fileId, enough), enough)

const findAt = async (key: TableKey): Promise<StoredRequest | undefined> => {
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: key, ConsistentRead: true})
  return Item && parseRequest(Item)
}

/** That a user asked before the file was spread. */
export const findEarlyRequest = (fileId: string, userId: string): Promise<StoredRequest | undefined> => findAt(fileUserKey(fileId, userId))

/** That a user asked for a file, or undefined. */
export const findRequest = async (fileId: string, userId: string): Promise<StoredRequest | undefined> =>
  await findEarlyRequest(fileId, userId) ?? findAt(shardUserKey(fileId, userId))
