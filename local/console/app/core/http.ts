import {describeError} from '../../../../shared/errors'
import {user} from './settings'

/** What an API refused, with its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'

  constructor(readonly code: string, message: string, readonly status: number) {
    super(message)
  }
}

interface Answered {
  readonly error?: {readonly code?: string, readonly message?: string}
  readonly message?: string
  readonly Message?: string
  readonly __type?: string
}

const readRefusal = (status: number, body: unknown): RefusedError => {
  const {error, message, Message, __type: type} = (body ?? {}) as Answered
  return new RefusedError(error?.code ?? type?.split('#').at(-1) ?? `Http${status}`, error?.message ?? message ?? Message ?? `The answer has HTTP status ${status}.`, status)
}

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return {message: text.slice(0, 300)}
  }
}

const call = async <T>(path: string, init: RequestInit): Promise<T> => {
  const response = await fetch(path, init).catch(() => {
    throw new RefusedError('Unreachable', 'The runtime does not answer. Is "npm start" still running?', 0)
  })
  const body = parsed(await response.text())
  if (!response.ok) {
    throw readRefusal(response.status, body)
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the runtime's own APIs answer what their callers say
  return body as T
}

const json = {'content-type': 'application/json'}

/** The public HTTP API as the current user. Throws RefusedError. */
export const api = <T>(method: string, path: string, body?: unknown): Promise<T> => call<T>(path, {
  method, headers: {...json, authorization: `Bearer ${user.value}`}, ...(body !== undefined && {body: JSON.stringify(body)})
})

/** The local API, for what AWS has none. Throws RefusedError. */
export const local = <T>(path: string, method = 'GET', body?: unknown): Promise<T> =>
  call<T>(`/_local${path}`, {method, headers: json, ...(body !== undefined && {body: JSON.stringify(body)})})

/** The embedded AWS goes by the service that a request says it was signed for; it checks no signature. */
const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=console/20260101/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=console`

const targets = {events: 'AWSEvents', states: 'AWSStepFunctions', sqs: 'AmazonSQS'} as const
const versions = {events: '1.1', states: '1.0', sqs: '1.0'} as const

/** An operation of an AWS service that speaks JSON. Throws RefusedError. */
export const aws = <T>(service: keyof typeof targets, operation: string, input: unknown): Promise<T> => call<T>('/', {
  method: 'POST',
  headers: {'content-type': `application/x-amz-json-${versions[service]}`, 'x-amz-target': `${targets[service]}.${operation}`, authorization: authorization(service)},
  body: JSON.stringify(input)
})

/** A read of the schema registry, which speaks REST. Throws RefusedError. */
export const schemas = <T>(path: string): Promise<T> => call<T>(`/v1${path}`, {headers: {authorization: authorization('schemas')}})

/** The words for a reader, whatever was thrown. */
export const explain = describeError
