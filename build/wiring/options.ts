import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Emulator} from './emulator'
import type {Stack} from './permissions/role'

/** The longest Region of those that AWS opens to everybody, and the longest suffix: names and policies are longest there. */
export const longest = {region: 'ap-southeast-2', suffix: '-SixteenLetters16'} as const

const key = `arn:aws:kms:${longest.region}:123456789012:key/0f0e0d0c-0b0a-4908-8706-050403020100`
const made = 'made-up-for-the-emulator'

/** Every option of the stack switched on that leaves something behind in AWS; the tour switches orchestration. */
const settings = (layer: string): Readonly<Record<string, string>> => ({
  region: longest.region,
  suffix: longest.suffix,
  kms_key_arn: key,
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

/**
 * Other values of what can be changed in place, and IAM instead of tokens: an apply of them updates every type of resource that an
 * operator's edit can. Not the key: moto takes the policy from a queue that is changed, and has no key taken from a log group.
 */
const others = {
  jwt_issuer: '',
  orchestration: 'parallel',
  log_level: 'DEBUG',
  log_retention_days: 7,
  archive_retention_days: 30,
  media_retention_days: 60,
  deletion_protection: false,
  failure_rate_percent: 30,
  monthly_budget_usd: 30
} as const

export const stackWithOptions: Stack = {...longest, bootstrap: ['-var', 'github_owner_id=1', '-var', 'github_repository_id=2', '-var', `kms_key_arns=${JSON.stringify({judged: key})}`]}

/** Arguments of the tools: for every option, and besides for other values of them. */
export interface OptionArguments {
  readonly variables: readonly string[]
  readonly others: readonly string[]
}

/** Writes what the options name. */
export const prepareOptions = async ({folder, putSecret}: Emulator): Promise<OptionArguments> => {
  const layer = join(folder, 'layer.zip')
  writeFileSync(layer, 'a layer')
  await putSecret(`/MediaDownloader${longest.suffix}/Apns`, JSON.stringify({signing_key: made, key_id: made, team_id: made, bundle_id: made}))
  await putSecret(`/MediaDownloader${longest.suffix}/FcmServiceAccount`, JSON.stringify({private_key: made}))
  const file = join(folder, 'others.tfvars.json')
  writeFileSync(file, JSON.stringify(others))
  return {variables: Object.entries(settings(layer)).flatMap(([name, value]) => ['-var', `${name}=${value}`]), others: [`-var-file=${file}`]}
}
