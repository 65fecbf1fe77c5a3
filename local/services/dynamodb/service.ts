import type {IncomingMessage, ServerResponse} from 'node:http'
import {asServiceError, send} from '../../runtime/core/answer'
import {readBody} from '../../runtime/core/body'
import {ServiceError} from '../../runtime/core/errors'
import type {Clock, Service} from '../../runtime/core/types'
import type {Place} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import {correctedBody} from './corrections'
import {type Engine, openEngine} from './engine'
import {tableInputs, timesToLive} from './tables'
import {keepSweeping} from './time-to-live'

export interface DynamoDbDeps {
  readonly clock: Clock
  readonly wiring: Wiring
  readonly place: Place
  /** Folder of the database; in memory if it is left out. */
  readonly path?: string
}

const createTables = async (engine: Engine, wiring: Wiring): Promise<void> => {
  for (const input of tableInputs(wiring)) {
    await engine.call('CreateTable', input).catch((error: unknown) => {
      if (!(error instanceof ServiceError && error.code === 'ResourceInUseException')) {
        throw error
      }
    })
  }
}

/** Without its origin: dynalite would allow any web page that sends one (CORS). */
const answer = async (engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const {origin: _, 'content-length': __, ...headers} = request.headers
  const body = correctedBody(String(headers['x-amz-target'] ?? ''), await readBody(request))
  const {statusCode, headers: answered, body: text} = await engine.handle({
    method: request.method ?? 'GET', url: request.url ?? '/', headers: {...headers, 'content-length': String(body.length)}, body
  })
  send(response, statusCode, answered, text)
}

const refuse = (response: ServerResponse, error: unknown): void => {
  const {code, message, statusCode} = asServiceError(error)
  const kind = code === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazonaws.dynamodb.v20120810'
  send(response, statusCode, {'content-type': 'application/x-amz-json-1.0'}, JSON.stringify({__type: `${kind}#${code}`, message}))
}

/** The tables of the wiring. */
export const createDynamoDb = async ({clock, wiring, place, path}: DynamoDbDeps): Promise<Service> => {
  const engine = openEngine(place, path)
  await createTables(engine, wiring)
  const endSweeping = keepSweeping(engine, timesToLive(wiring), clock)
  return {
    signingName: 'dynamodb',
    handle: (request, response) => answer(engine, request, response).catch((error: unknown) => refuse(response, error)),
    stop: async () => {
      endSweeping()
      await engine.close()
    }
  }
}
