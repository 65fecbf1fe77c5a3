import {setTimeout as sleep} from 'node:timers/promises'
import {deleteEndpoint, publish} from '../../../lib/vendor/AWS/SNS'
import type {DeviceRecord} from '../../../types/device'
import {isErrorNamed} from '../../../util/aws-errors'
import {removeDevice} from '../../../util/files/device-records'
import {oldPushKey, pushKey} from '../../../util/files/keys'
import {logger} from '../../../util/logger'
import {claimPush, markSent, releasePush, type Claim} from './ledger'
import {messageFor} from './message'
import type {Outcome} from './notice'
import {oldPushState} from './old-pushes'

// A duplicate event in flight is done within moments: waiting for it is cheaper than failing and coming back in a minute.
const waitMilliseconds = [50, 100, 200, 400, 800]

const claimOnce = async ({userId, deviceId}: DeviceRecord, {fileId, name, hasOldPushes}: Outcome): Promise<Claim | 'sent' | 'busy'> =>
  (hasOldPushes && await oldPushState(oldPushKey(fileId, userId, deviceId, name))) || claimPush(pushKey(fileId, userId, deviceId, name))

const claim = async (device: DeviceRecord, outcome: Outcome): Promise<Claim | 'sent'> => {
  for (const milliseconds of waitMilliseconds) {
    const claimed = await claimOnce(device, outcome)
    if (claimed !== 'busy') {
      return claimed
    }
    await sleep(milliseconds)
  }
  throw new Error(
    `Another invocation is sending ${outcome.name} of ${outcome.fileId} to ${device.userId}'s ${device.deviceId};`
      + ' whether it succeeds is to be seen.'
  )
}

/** The push service gave the device up (the app is gone, the token is void), or its endpoint was deleted. */
const isDead = (error: unknown): boolean => isErrorNamed(error, 'EndpointDisabledException', 'NotFoundException')
  || (isErrorNamed(error, 'InvalidParameterException') && error.message.includes('No endpoint found'))

const prune = async (device: DeviceRecord): Promise<void> => {
  await deleteEndpoint({EndpointArn: device.endpointArn})
  await removeDevice(device)
  logger.info('A dead device was forgotten.', {deviceId: device.deviceId, endpointArn: device.endpointArn})
}

const publishTo = async (device: DeviceRecord, {fileId, notice}: Outcome): Promise<boolean> => {
  try {
    await publish(messageFor(device.endpointArn, fileId, notice))
    return true
  } catch (error) {
    if (!isDead(error)) {
      throw error
    }
    await prune(device)
    return false
  }
}

/** Sends one push to one device, unless it went out before; returns whether it went out now. Throws what SNS throws. */
export const pushOnce = async (device: DeviceRecord, outcome: Outcome): Promise<boolean> => {
  const claimed = await claim(device, outcome)
  if (claimed === 'sent') {
    return false
  }
  const sent = await publishTo(device, outcome).catch(async (error: unknown) => {
    await releasePush(claimed)
    throw error
  })
  await (sent ? markSent(claimed) : releasePush(claimed))
  return sent
}
