import {asObject} from '../../../../shared/json'
import {runtimeError, StatesError} from '../asl/errors'
import {formatCause, unreachable} from './service-error'

type Constructor = new (input: unknown) => unknown
type SdkModule = Readonly<Record<string, unknown>>

const isConstructor = (value: unknown): value is Constructor => typeof value === 'function'

interface SdkClient {
  send: (command: unknown) => Promise<unknown>
}

interface SdkService {
  readonly load: () => Promise<unknown>
  readonly client: string
  /** Before the names of its errors, if it is called as `aws-sdk:…`. */
  readonly prefix: string
}

/** The services whose clients are at hand, by their name in `aws-sdk:<service>`. */
const services: ReadonlyMap<string, SdkService> = new Map(Object.entries({
  dynamodb: {load: () => import('@aws-sdk/client-dynamodb'), client: 'DynamoDBClient', prefix: 'DynamoDb'},
  eventbridge: {load: () => import('@aws-sdk/client-eventbridge'), client: 'EventBridgeClient', prefix: 'EventBridge'},
  lambda: {load: () => import('@aws-sdk/client-lambda'), client: 'LambdaClient', prefix: 'Lambda'},
  s3: {load: () => import('@aws-sdk/client-s3'), client: 'S3Client', prefix: 'S3'},
  sfn: {load: () => import('@aws-sdk/client-sfn'), client: 'SFNClient', prefix: 'Sfn'},
  sns: {load: () => import('@aws-sdk/client-sns'), client: 'SNSClient', prefix: 'Sns'},
  sqs: {load: () => import('@aws-sdk/client-sqs'), client: 'SQSClient', prefix: 'Sqs'},
  ssm: {load: () => import('@aws-sdk/client-ssm'), client: 'SSMClient', prefix: 'Ssm'}
}))

export interface SdkCall {
  readonly service: string
  readonly action: string
  readonly input: unknown
}

/** How an integration names a service's errors. */
export interface ErrorNames {
  readonly prefix: string
  /** In causes. */
  readonly service: string
  /** Stands for errors that the service's model does not have. */
  readonly general: string
  readonly isJava?: true
}

export type Sdk = (call: SdkCall, names?: ErrorNames) => Promise<unknown>

const unmodeled = new Set(['ValidationException', 'SerializationException', 'AccessDeniedException', 'UnrecognizedClientException', 'UnknownOperationException', 'InternalFailure'])

interface SdkFailure {
  readonly name: string
  readonly message: string
  readonly $metadata?: {readonly httpStatusCode?: number, readonly requestId?: string}
}

/** `aws-sdk:…` calls an error as the SDK for Java does: its class, or the service's general one if its model has no such error. */
const javaName = ({name}: SdkFailure, module: SdkModule, general: string): string =>
  typeof module[name] === 'function' ? name.replace(/(?:Exception)?$/, 'Exception') : general

const statesError = (failure: SdkFailure, module: SdkModule, {prefix, service, general, isJava}: ErrorNames): StatesError => {
  const statusCode = failure.$metadata?.httpStatusCode
  if (statusCode === undefined) {
    return unreachable(prefix, failure)
  }
  const name = unmodeled.has(failure.name) ? general : isJava ? javaName(failure, module, general) : failure.name
  const requestId = failure.$metadata?.requestId ?? 'local'
  return new StatesError(`${prefix}.${name}`, formatCause(service, {code: failure.name, message: failure.message, statusCode, requestId}))
}

/** What a service answered as JSON: times as text, no metadata. */
const plain = (output: unknown): unknown => {
  const {$metadata: _metadata, ...rest} = asObject(output)
  return JSON.parse(JSON.stringify(rest))
}

const pascal = (action: string): string => `${action[0]?.toUpperCase()}${action.slice(1)}`

const errorNames = ({prefix}: SdkService): ErrorNames => ({prefix, service: prefix, general: `${prefix}Exception`, isJava: true})

const credentials = {accessKeyId: 'local', secretAccessKey: 'local'}

/** Loads a service's client ahead of its first call, which would otherwise wait for it. */
export const preload = (service: string): void => { void services.get(service)?.load() }

/** Calls services over their own protocol at one endpoint, one attempt a call: repeating is the workflow's business. */
export const createSdk = (endpoint: () => string, region: string): Sdk => {
  const clients = new Map<string, SdkClient>()
  const createClient = (name: string, service: SdkService, module: SdkModule): SdkClient => {
    const client = clients.get(name)
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the service's module exports its client by this name
      ?? new (module[service.client] as Constructor)({endpoint: endpoint(), region, credentials, maxAttempts: 1, forcePathStyle: true, userAgentAppId: 'states'}) as SdkClient
    clients.set(name, client)
    return client
  }
  return async ({service: name, action, input}, names) => {
    const service = services.get(name)
    const module = asObject(await service?.load())
    const command = module[`${pascal(action)}Command`]
    if (service === undefined || !isConstructor(command)) {
      throw runtimeError(`The embedded runtime has no integration for ${name}:${action}.`)
    }
    try {
      return plain(await createClient(name, service, module).send(new command(input)))
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- an SDK's client throws nothing else
      throw statesError(error as SdkFailure, module, names ?? errorNames(service))
    }
  }
}
