import {deleteItem, putItem} from '../../lib/vendor/AWS/DynamoDB'
import type {DeviceRecord} from '../../types/device'
import {unlessRefused} from './conditions'
import {env} from '../env'
import {deviceKey, devicePrefix} from './keys'
import {queryAll} from './query-all'
import {parseDevice} from './records'

/** All devices of a user, strongly consistent. */
export const listDevices = async (userId: string): Promise<readonly DeviceRecord[]> => {
  const devices: DeviceRecord[] = []
  for await (const device of queryAll(parseDevice, {
    TableName: env('TABLE_NAME'),
    KeyConditionExpression: 'PK = :user AND begins_with(SK, :devices)',
    ExpressionAttributeValues: {':user': deviceKey(userId, '').PK, ':devices': devicePrefix},
    ConsistentRead: true
  })) {
    devices.push(device)
  }
  return devices
}

/** Writes a device, over what was there. */
export const saveDevice = async (device: DeviceRecord): Promise<void> => {
  await putItem({TableName: env('TABLE_NAME'), Item: {...deviceKey(device.userId, device.deviceId), ...device}})
}

/** Removes a device, unless it has got another endpoint meanwhile. */
export const removeDevice = async ({userId, deviceId, endpointArn}: DeviceRecord): Promise<void> => {
  await unlessRefused(deleteItem({
    TableName: env('TABLE_NAME'),
    Key: deviceKey(userId, deviceId),
    ConditionExpression: 'endpointArn = :endpointArn',
    ExpressionAttributeValues: {':endpointArn': endpointArn}
  }))
}
