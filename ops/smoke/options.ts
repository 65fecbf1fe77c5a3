import {argumentsIn, UsageError} from '../program/arguments-of-build'

export const usage = `npm run smoke -- --endpoint URL [--token JWT | --user NAME] [options]
  Proves a deployment with one small download over its HTTP API: request, workflow, object, link; then cleans up.
  --endpoint URL      output api_url of the stack, or http://127.0.0.1:4510 of npm start
  --token JWT         of a user, where the stack has jwt_issuer; SMOKE_TOKEN as well
  --user NAME         user on the embedded AWS (smoke)
                      With neither, a deployed endpoint gets requests signed with the credentials of your AWS environment.
  --region REGION     of the signature (read from the endpoint, then AWS_REGION)
  --source URL        what is fetched (a trailer of 4 MB; on this machine local/cli/demo/harbour.mp4, served by the smoke test itself)
  --table NAME --bucket NAME
                      outputs table_name and bucket_name: the file's records and its object are deleted at the end, with your AWS
                      credentials. The HTTP API can forget nothing, so without them both stay; the last lines say what.
  --timeout SECONDS   until the file has to be there (300)
  --json              one JSON object at the end instead of lines
exit code: 0 proven, 1 not, 2 wrong usage`

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
  readonly json: boolean
}

const options = {
  endpoint: {type: 'string'}, token: {type: 'string'}, user: {type: 'string'}, region: {type: 'string'}, source: {type: 'string'},
  table: {type: 'string'}, bucket: {type: 'string'}, timeout: {type: 'string', default: '300'}, json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

const urlOf = (name: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`Expected --${name} to be an http or https URL; got '${text}'.`)
  }
  return url
}

const secondsOf = (text: string): number => {
  const seconds = Number(text)
  if (!(seconds > 0)) {
    throw new UsageError(`Expected --timeout to be a number of seconds above 0; got '${text}'.`)
  }
  return seconds
}

const isLoopback = ({hostname}: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')

/** The Region in `<api>.execute-api.<region>.amazonaws.com`; a domain of one's own has none. */
const regionOf = ({hostname}: URL): string | undefined => /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(hostname)?.[1]

const storeOf = (table?: string, bucket?: string): Options['store'] => {
  if ((table === undefined) !== (bucket === undefined)) {
    throw new UsageError('Expected --table and --bucket together: the records and the object go together.')
  }
  return table === undefined || bucket === undefined ? undefined : {table, bucket}
}

/** What the command line says. Throws UsageError. */
export const parseOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options | 'help' => {
  const values = argumentsIn({args: [...args], options}).values
  if (values.help) {
    return 'help'
  }
  if (values.endpoint === undefined) {
    throw new UsageError('Expected --endpoint URL: the output api_url of the stack, or the address of npm start.')
  }
  const endpoint = urlOf('endpoint', values.endpoint)
  const token = values.token ?? env.SMOKE_TOKEN
  if (values.token !== undefined && values.user !== undefined) {
    throw new UsageError('Expected --token or --user; got both.')
  }
  if (values.user !== undefined && !isLoopback(endpoint)) {
    throw new UsageError('Expected --token of a user, or AWS credentials, at a deployed endpoint; names do for the embedded AWS alone.')
  }
  const store = storeOf(values.table, values.bucket)
  return {
    endpoint, isLoopback: isLoopback(endpoint), user: values.user ?? 'smoke',
    ...(token !== undefined && {token}),
    region: values.region ?? regionOf(endpoint) ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-west-2',
    ...(values.source !== undefined && {source: urlOf('source', values.source)}),
    ...(store !== undefined && {store}),
    timeoutMilliseconds: secondsOf(values.timeout) * 1000, json: values.json
  }
}
