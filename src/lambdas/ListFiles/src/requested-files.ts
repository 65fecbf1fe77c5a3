import {setTimeout as sleep} from 'node:timers/promises'
import {batchGetItem, query} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../../types/domain'
import type {FileUserRecord} from '../../../types/file-user'
import {type Json} from '../../../types/json'
import {env} from '../../../util/env'
import {unlessForgotten} from '../../../util/files/file-records'
import {fileKey} from '../../../util/files/keys'
import {parseFile, parseRequest} from '../../../util/files/records'
import type {Page} from './page'

interface RequestPage {
  readonly requests: readonly FileUserRecord[]
  readonly lastKey?: Readonly<Record<string, unknown>>
}

const maxRounds = 8

/** A page of a user's requests, newest first. */
export const findRequests = async (userId: string, {limit, startKey}: Page): Promise<RequestPage> => {
  const {Items = [], LastEvaluatedKey} = await query({
    TableName: env('TABLE_NAME'),
    IndexName: 'UserIndex',
    KeyConditionExpression: 'userId = :userId',
    ExpressionAttributeValues: {':userId': userId},
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: startKey
  })
  return {requests: Items.map(parseRequest), ...(LastEvaluatedKey && {lastKey: LastEvaluatedKey})}
}

/** The files of a page by id, in as few reads as may be; DynamoDB leaves out what exceeds 16 MB or its capacity. */
export const findFiles = async (requests: readonly FileUserRecord[]): Promise<ReadonlyMap<string, FileRecord>> => {
  const table = env('TABLE_NAME')
  const files = new Map<string, FileRecord>()
  let keys: Json[] = requests.map(({fileId}) => ({...fileKey(fileId)}))
  for (let round = 0; keys.length > 0; round++) {
    if (round === maxRounds) {
      throw new Error(`Expected DynamoDB to read ${requests.length} files within ${maxRounds} rounds; ${keys.length} are missing.`)
    }
    if (round > 0) {
      await sleep(25 * 2 ** round * Math.random())
    }
    const {Responses, UnprocessedKeys} = await batchGetItem({RequestItems: {[table]: {Keys: keys}}})
    for (const file of (Responses?.[table] ?? []).map(parseFile).filter(unlessForgotten)) {
      files.set(file.fileId, file)
    }
    keys = UnprocessedKeys?.[table]?.Keys ?? []
  }
  return files
}
