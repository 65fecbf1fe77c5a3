import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {marshall} from '@aws-sdk/util-dynamodb'
import {openStore, transaction} from '../../../local/runtime/core/store'
import {openEngine} from '../../../local/services/dynamodb/engine'
import {tableInputs} from '../../../local/services/dynamodb/tables'
import {openEndpoints} from '../../../local/services/sns/endpoints'
import {findPlace} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {DeviceRecord} from '../../../src/types/device'
import type {FileUserRecord} from '../../../src/types/file-user'
import {deviceKey, fileUserKey, oldPushKey, shardUserKey, spreadKey} from '../../../src/util/files/keys'

/** Who asked for the file, and of them those who did so before it was spread, or were notified before there were shards. */
export interface Crowd {
  readonly fileId: string
  readonly outcome: string
  readonly users: readonly string[]
  readonly isEarly: (index: number) => boolean
  readonly wasTold: (index: number) => boolean
}

const at = '2025-11-23T10:00:00.000Z'
// Each has at most three records, and a batch takes 25.
const usersABatch = 8

/** An endpoint a user. */
const seedEndpoints = (folder: string, {users}: Crowd, applicationArn: string): string[] => {
  const db = openStore(join(folder, 'store.sqlite'))
  const endpoints = openEndpoints(db)
  const arns = transaction(db, () => users.map((user) =>
    endpoints.create({arn: applicationArn, platform: 'APNS'}, {token: `token-of-${user}`, enabled: true, userData: user})))
  db.close()
  return arns
}

/** The records of its users and their devices, as RequestFile and RegisterDevice write them. */
const recordsOf = ({fileId, outcome, isEarly, wasTold}: Crowd, userId: string, index: number, endpointArn: string): object[] => {
  const request: FileUserRecord = {fileId, userId, requestedAt: at}
  const device: DeviceRecord = {userId, deviceId: 'phone', platform: 'APNS', endpointArn, updatedAt: at}
  return [
    {...(isEarly(index) ? fileUserKey : shardUserKey)(fileId, userId), ...request}, {...deviceKey(userId, 'phone'), ...device},
    ...(wasTold(index) ? [{...oldPushKey(fileId, userId, 'phone', outcome), state: 'sent', sentAt: at}] : [])
  ]
}

/** Writes a crowd straight into a runtime's data, before it starts: by the API it would take half an hour. */
export const seed = async (folder: string, wiring: Wiring, crowd: Crowd): Promise<void> => {
  await mkdir(folder, {recursive: true})
  const application = wiring.ofType('aws_sns_platform_application').find(({values}) => values['platform'] === 'APNS')
  const arns = seedEndpoints(folder, crowd, String(application?.values['arn']))
  const engine = openEngine(findPlace(wiring), join(folder, 'dynamodb'))
  const [table] = tableInputs(wiring)
  await engine.call('CreateTable', {...table!})
  while ((await engine.call('DescribeTable', {TableName: table!.TableName}) as {Table: {TableStatus: string}}).Table.TableStatus !== 'ACTIVE') {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await engine.call('PutItem', {TableName: table!.TableName, Item: marshall(spreadKey(crowd.fileId))})
  for (let from = 0; from < crowd.users.length; from += usersABatch) {
    const puts = crowd.users.slice(from, from + usersABatch).flatMap((user, index) => recordsOf(crowd, user, from + index, arns[from + index]!))
      .map((record) => ({PutRequest: {Item: marshall(record)}}))
    await engine.call('BatchWriteItem', {RequestItems: {[table!.TableName]: puts}})
  }
  await engine.close()
}
