import {UsageError} from '../../shared/cli/errors'
import {number, text, type Values} from '../../shared/cli/option'
import {dataFolder} from '../../shared/running-stack'
import {isLoopback, localEndpoint, targetOptions, urlFrom} from '../program/target'

export interface Options {
  readonly endpoint: URL
  readonly isLoopback: boolean
  readonly token?: string
  readonly user: string
  readonly region: string
  readonly source?: URL
  /** Where the file is deleted at the end; undefined: it stays. */
  readonly store?: {readonly table: string, readonly bucket: string}
  readonly timeoutMilliseconds: number
}

const {region, profile} = targetOptions

export const options = {
  endpoint: text('url', 'output api_url of the stack, or a local stack (default: the local stack that runs)'),
  token: text('jwt', 'of a user, if the stack has jwt_issuer (default: SMOKE_TOKEN)'),
  user: text('name', 'user on a local stack (default: smoke)'),
  source: text('url', 'what is fetched (default: a trailer of 4 MB; from a local stack local/cli/demo/harbour.mp4, served by the smoke test itself)'),
  table: text('name', 'output table_name: with --bucket, the file\'s records and its object are deleted at the end'),
  bucket: text('name', 'output bucket_name'),
  timeout: number('seconds', 'until the file has to be there', {from: 0.001, otherwise: 300}),
  region, profile
}

/** The Region in `<api>.execute-api.<region>.amazonaws.com`; a domain of one's own has none. */
const parseRegion = ({hostname}: URL): string | undefined => /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(hostname)?.[1]

const readStore = (table?: string, bucket?: string): Options['store'] => {
  if ((table === undefined) !== (bucket === undefined)) {
    throw new UsageError('Expected --table and --bucket together: the records and the object go together.')
  }
  return table === undefined || bucket === undefined ? undefined : {table, bucket}
}

/** What the options and the environment mean. Throws UsageError. */
export const readOptions = async (given: Values<typeof options>, env: NodeJS.ProcessEnv): Promise<Options> => {
  const {table, bucket, source, timeout, user} = given
  const endpoint = given.endpoint === undefined
    ? new URL(await localEndpoint({endpoint: undefined, data: dataFolder}, env))
    : urlFrom('--endpoint', given.endpoint)
  const token = given.token ?? env.SMOKE_TOKEN
  if (given.token !== undefined && user !== undefined) {
    throw new UsageError('Expected --token or --user; got both.')
  }
  if (user !== undefined && !isLoopback(endpoint)) {
    throw new UsageError('Expected --token of a user, or AWS credentials, at a deployed endpoint; names do for a local stack alone.')
  }
  if (given.profile !== undefined) {
    env.AWS_PROFILE = given.profile
  }
  const store = readStore(table, bucket)
  return {
    endpoint, isLoopback: isLoopback(endpoint), user: user ?? 'smoke',
    ...(token !== undefined && {token}),
    region: given.region ?? parseRegion(endpoint) ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-west-2',
    ...(source !== undefined && {source: urlFrom('--source', source)}),
    ...(store !== undefined && {store}),
    timeoutMilliseconds: timeout * 1000
  }
}
