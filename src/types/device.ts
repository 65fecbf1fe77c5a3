export type DevicePlatform = 'APNS' | 'FCM'

/** The item `USER#<userId>` / `DEVICE#<deviceId>`. */
export interface DeviceRecord {
  readonly userId: string
  readonly deviceId: string
  readonly platform: DevicePlatform
  readonly endpointArn: string
  readonly updatedAt: string
}
