import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Emulator} from './emulator'
import type {Stack} from './permissions/role'

/** The longest Region of those that AWS opens to everybody, and the longest suffix: names and policies are longest there. */
export const longest = {region: 'ap-southeast-2', suffix: '-SixteenLetters16'} as const

const made = 'made-up-for-the-emulator'

/** Every option of the stack switched on that leaves something behind in AWS; the tour switches orchestration. */
const settings = (layer: string): Readonly<Record<string, string>> => ({
  region: longest.region,
  suffix: longest.suffix,
  jwt_issuer: 'https://issuer.example.com',
  jwt_audience: '["media-downloader"]',
  apns_parameter: `/MediaDownloader${longest.suffix}/Apns`,
  fcm_service_account_parameter: `/MediaDownloader${longest.suffix}/FcmServiceAccount`,
  yt_dlp_layer_zip: layer,
  media_retention_days: '30',
  alarm_email: 'ops@example.com',
  monthly_budget_usd: '25',
  transfer_file_concurrency: '100',
  transfer_range_concurrency: '200',
  api_reserved_concurrency: '{RequestFile = 20, ListFiles = 20, CancelFile = 5, RegisterDevice = 5, WebhookFeedly = 5}',
  accept_replayed_events: 'true',
  replay_source_accounts: '["210987654321"]',
  replay_target_bus_arn: `arn:aws:events:${longest.region}:123456789012:event-bus/MediaDownloaderEvents`
})

export const stackWithOptions: Stack = {...longest, bootstrap: []}

/** Writes what the options name, and answers them as `-var` and value. */
export const prepareOptions = async ({folder, putSecret}: Emulator): Promise<string[]> => {
  const layer = join(folder, 'layer.zip')
  writeFileSync(layer, 'a layer')
  await putSecret(`/MediaDownloader${longest.suffix}/Apns`, JSON.stringify({signing_key: made, key_id: made, team_id: made, bundle_id: made}))
  await putSecret(`/MediaDownloader${longest.suffix}/FcmServiceAccount`, JSON.stringify({private_key: made}))
  return Object.entries(settings(layer)).flatMap(([name, value]) => ['-var', `${name}=${value}`])
}
