import {NamedError} from './errors'

/**
 * The only reader of `process.env` for our own variables. Each is given by `terraform/lambda_<Name>.tf`;
 * a test compares the names used in code with the names in HCL.
 */
export type EnvName = 'TABLE_NAME' | 'BUCKET_NAME' | 'EVENT_BUS_NAME' | 'STATE_MACHINE_ARN' | 'REQUEST_FILE_FUNCTION_NAME'
  | 'FEEDLY_TOKEN_PARAMETER' | 'FEEDLY_USER_ID' | 'APNS_PLATFORM_APPLICATION_ARN' | 'FCM_PLATFORM_APPLICATION_ARN'
  | 'YT_DLP_PATH' | 'YT_DLP_COOKIES_PARAMETER' | 'ALLOW_PRIVATE_SOURCES' | 'MAX_FILE_BYTES' | 'RANGED_FROM_BYTES'
  | 'DOWNLOAD_URL_SECONDS' | 'MEDIA_RETENTION_DAYS' | 'HOST_CONCURRENCY' | 'HOST_RATE_PER_SECOND' | 'OBJECT_CREATED_FUNCTION_NAME'
  | 'PUSH_QUEUE_URL'

/** Value of a variable that may be absent or empty. */
export const optionalEnv = (name: EnvName): string | undefined => process.env[name]?.trim() || undefined

/** Value of a required variable. Throws EnvironmentError. */
export const env = (name: EnvName): string => {
  const value = optionalEnv(name)
  if (value === undefined) {
    throw new NamedError('EnvironmentError',
      `Expected the environment variable ${name} to be set; it is missing or empty. Terraform sets it in lambda_<Name>.tf.`)
  }
  return value
}

/** Value of a required variable as a number. Throws EnvironmentError. */
export const numberEnv = (name: EnvName): number => {
  const value = Number(env(name))
  if (!Number.isFinite(value)) {
    throw new NamedError('EnvironmentError', `Expected the environment variable ${name} to be a number; got '${env(name)}'.`)
  }
  return value
}

/** Whether a variable is exactly `true`. */
export const booleanEnv = (name: EnvName): boolean => optionalEnv(name) === 'true'

const forPrograms = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/**
 * What a child program may know of our environment: how to find programs and to read text. Credentials, proxies and our own settings stay
 * here.
 */
export const systemEnv = (): Readonly<Record<string, string>> =>
  Object.fromEntries(forPrograms.flatMap((name) => process.env[name] === undefined ? [] : [[name, process.env[name]]]))
