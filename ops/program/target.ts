import {UsageError} from '../../shared/cli/errors'
import {flag, path, text, type Values} from '../../shared/cli/option'
import {dataFolder, runningStack} from '../../shared/running-stack'

/** Where a command looks, the same for all: the local stack that runs, unless the command line says another. */
export const targetOptions = {
  suffix: text('text', 'of the stack, for example -Dev', ''),
  endpoint: text('url', 'a local stack, or another emulator of AWS (default: AWS_ENDPOINT_URL if it is on this machine, else the local stack that runs)'),
  aws: flag('a stack in AWS, by your AWS credentials'),
  region: text('name', 'AWS Region of the stack (default: AWS_REGION)'),
  profile: text('name', 'AWS profile (default: AWS_PROFILE)'),
  data: path('folder', 'data of the local stack', dataFolder)
}

export interface Target {
  readonly suffix: string
  /** Undefined: AWS, or what its own variables name. */
  readonly endpoint?: string
  /** Undefined: as the AWS configuration says. */
  readonly region?: string
  readonly data: string
}

export const isLoopback = ({hostname}: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)

/** An http or https URL. Throws UsageError. */
export const urlFrom = (option: string, given: string): URL => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`Expected ${option} to be an http or https URL; got '${given}'.`)
  }
  return url
}

type Asked = Pick<Values<typeof targetOptions>, 'endpoint' | 'data'>

const ofEnvironment = (url: string | undefined): string | undefined => {
  if (url !== undefined && url !== '' && !isLoopback(urlFrom('AWS_ENDPOINT_URL', url))) {
    throw new UsageError(`AWS_ENDPOINT_URL names ${url}, which is not on this machine. Give --aws to use it, or --endpoint.`)
  }
  return url === '' ? undefined : url
}

/** The endpoint of the local stack. Throws UsageError if none runs. */
export const localEndpoint = async ({endpoint, data}: Asked, env: NodeJS.ProcessEnv): Promise<string> => {
  if (endpoint !== undefined) {
    const url = urlFrom('--endpoint', endpoint)
    if (url.hostname.endsWith('.amazonaws.com')) {
      throw new UsageError(`${endpoint} is AWS itself. Give --aws instead of --endpoint.`)
    }
    return url.origin
  }
  const found = ofEnvironment(env.AWS_ENDPOINT_URL) ?? await runningStack(data)
  if (found === undefined) {
    throw new UsageError('No local stack runs. Start it with npm start, or give --aws for a stack in AWS, or --endpoint URL.')
  }
  return found
}

/** What the options and the environment mean. Throws UsageError. */
export const readTarget = async (asked: Values<typeof targetOptions>, env = process.env): Promise<Target> => {
  const {suffix, data, aws, endpoint, profile} = asked
  if (aws && endpoint !== undefined) {
    throw new UsageError('Expected --aws or --endpoint; got both.')
  }
  if (profile !== undefined) {
    env.AWS_PROFILE = profile
  }
  const region = asked.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined)
  return aws
    ? {suffix, data, ...(region !== undefined && {region})}
    : {suffix, data, region: region ?? 'us-west-2', endpoint: await localEndpoint(asked, env)}
}

/** Of any client of AWS. */
export interface ClientOptions {
  readonly region?: string
  readonly endpoint?: string
  readonly maxAttempts?: number
  readonly credentials?: {readonly accessKeyId: string, readonly secretAccessKey: string}
}

/** Options of a client. A local stack takes any credentials, and is asked once. */
export const clientOptions = ({endpoint, region}: Pick<Target, 'endpoint' | 'region'>): ClientOptions => ({
  ...(region !== undefined && {region}),
  ...(endpoint !== undefined && {endpoint, maxAttempts: 1, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
})
