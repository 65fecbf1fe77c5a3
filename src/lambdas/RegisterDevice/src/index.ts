import {deleteEndpoint} from '../../../lib/vendor/AWS/SNS'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {DeviceRecord} from '../../../types/device'
import {listDevices, removeDevice, saveDevice} from '../../../util/files/device-records'
import {NamedError} from '../../../util/errors'
import {answering, json, route, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {ensureEndpoint} from './endpoint'
import {parseDeviceId, parseRegistration} from './registration'

/** One token, one device: what the endpoint served before must not get this user's pushes, nor the same push twice. */
const forgetOthers = async (devices: readonly DeviceRecord[], {userId, deviceId, endpointArn}: DeviceRecord): Promise<void> => {
  const others =
    devices.filter((device) => device.endpointArn === endpointArn && (device.userId !== userId || device.deviceId !== deviceId))
  await Promise.all(others.map(removeDevice))
}

const register = async (event: ApiEvent): Promise<ApiResult> => {
  const registration = parseRegistration(event)
  const {userId, deviceId, platform} = registration
  const devices = await listDevices(userId)
  const known = devices.find((device) => device.deviceId === deviceId)
  const {endpointArn, previousUserId} = await ensureEndpoint(registration, known?.endpointArn)
  const device: DeviceRecord = {userId, deviceId, platform, endpointArn, updatedAt: new Date().toISOString()}
  await saveDevice(device)
  await forgetOthers([...devices, ...(previousUserId === undefined ? [] : await listDevices(previousUserId))], device)
  if (known !== undefined && known.endpointArn !== endpointArn) {
    await deleteEndpoint({EndpointArn: known.endpointArn})
  }
  return json(200, {deviceId, platform})
}

const unregister = async (event: ApiEvent): Promise<ApiResult> => {
  const {userId, deviceId} = parseDeviceId(event)
  const device = (await listDevices(userId)).find((known) => known.deviceId === deviceId)
  if (device === undefined) {
    throw new NamedError('DeviceNotFoundError', `No device '${deviceId}' is registered for you. Register it first.`)
  }
  await deleteEndpoint({EndpointArn: device.endpointArn})
  await removeDevice(device)
  return {statusCode: 204}
}

export const handler = withXRay((event: ApiEvent) =>
  answering(() => route(event, {'PUT /devices/{deviceId}': register, 'DELETE /devices/{deviceId}': unregister})))
