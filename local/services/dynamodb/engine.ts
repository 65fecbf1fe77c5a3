import type {IncomingHttpHeaders, Server} from 'node:http'
import {Readable} from 'node:stream'
import dynalite from 'dynalite'
import {type Json, trustedJson} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import type {Place} from '../../../shared/wiring/place'
import {letIteratorsEnd} from './iterators'

export interface EngineRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface EngineAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** DynamoDB's data plane, which dynalite gives as an HTTP handler. */
export interface Engine {
  handle: (request: EngineRequest) => Promise<EngineAnswer>
  /** One operation of our own. Throws ServiceError with DynamoDB's code. */
  call: (operation: string, input: Json) => Promise<Json>
  close: () => Promise<void>
}

/** Away from the connection: dynalite ends the process if a client goes away in the middle of its body. */
const handle = (server: Server, {body, ...request}: EngineRequest): Promise<EngineAnswer> => new Promise((resolve) => {
  const headers: Record<string, string> = {}
  const response = {
    statusCode: 200,
    setHeader: (name: string, value: unknown) => { headers[name.toLowerCase()] = String(value) },
    end: (text = '') => resolve({statusCode: response.statusCode, headers, body: text})
  }
  server.emit('request', Object.assign(Readable.from(body.length === 0 ? [] : [body]), request), response)
})

/** dynalite wants a signature to be there; it checks none. */
const headersFor = (operation: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none'
})

const call = async (server: Server, operation: string, input: Json): Promise<Json> => {
  const answer = await handle(server, {method: 'POST', url: '/', headers: headersFor(operation), body: Buffer.from(JSON.stringify(input))})
  const output = trustedJson<Json>(answer.body)
  if (answer.statusCode !== 200) {
    throw new ServiceError(String(output['__type'] ?? '').split('#').at(-1)!, String(output['message'] ?? ''), answer.statusCode)
  }
  return output
}

/** It closes its database only after its own server, which has to listen for that. */
const close = (server: Server): Promise<void> => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => server.close(() => resolve()))
})

/** dynalite takes account and region from the environment when it opens its store. */
const withPlace = <T>({account, region}: Place, work: () => T): T => {
  const {AWS_ACCOUNT_ID, AWS_REGION} = process.env
  Object.assign(process.env, {AWS_ACCOUNT_ID: account, AWS_REGION: region})
  try {
    return work()
  } finally {
    restore({AWS_ACCOUNT_ID, AWS_REGION})
  }
}

const restore = (variables: Readonly<Record<string, string | undefined>>): void => {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) {
      delete process.env[name]
    } else {
      process.env[name] = value
    }
  }
}

/** Opens the database in a folder, or in memory if none is given. */
export const openEngine = (place: Place, path?: string): Engine => {
  letIteratorsEnd()
  const server = withPlace(place, () => dynalite({createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(path !== undefined && {path})}))
  return {handle: (request) => handle(server, request), call: (operation, input) => call(server, operation, input), close: () => close(server)}
}
