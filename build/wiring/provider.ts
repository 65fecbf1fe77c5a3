/** Override of the provider block: moto's address comes by AWS_ENDPOINT_URL, for every service at once. */
export const providerOverride = (region = 'us-west-2'): string => `provider "aws" {
  region                      = "${region}"
  # moto answers what it does not know with 500, which the provider would retry for many minutes.
  max_retries                 = 1
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
`

const unusable = 'made-up-for-the-emulator'

/** Environment of a run against the front: its address, credentials and platform credentials that open nothing. */
export const emulatorEnvironment = (url: string): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: unusable,
  AWS_SECRET_ACCESS_KEY: unusable,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PROFILE: undefined,
  NO_PROXY: '127.0.0.1',
  // The provider waits for a queue or a policy as long as AWS may need, and a wait takes a place of the ten that there are by default.
  TF_CLI_ARGS_apply: '-parallelism=64',
  TF_CLI_ARGS_destroy: '-parallelism=64',
  // Else moto, as AWS, would refuse to delete the table at the end.
  TF_VAR_deletion_protection: 'false',
  TF_VAR_apns: JSON.stringify({signing_key: unusable, key_id: unusable, team_id: unusable, bundle_id: unusable}),
  TF_VAR_fcm_service_account: JSON.stringify({private_key: unusable})
})
