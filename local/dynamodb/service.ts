import type {IncomingMessage, ServerResponse} from 'node:http'
import {ServiceError} from '../core/errors'
import type {Clock, Service} from '../core/types'
import type {Place} from '../wiring/place'
import type {Wiring} from '../wiring/wiring'
import {type Engine, openEngine} from './engine'
import {tableInputs, timesToLive} from './tables'
import {keepSweeping} from './time-to-live'

export interface DynamoDbDeps {
  readonly clock: Clock
  readonly wiring: Wiring
  readonly place: Place
  /** Folder of the database; in memory where it is left out. */
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

/** Hands the request over; dynalite would allow any web page (CORS) that sends an Origin. */
const handOver = (engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  delete request.headers.origin
  return new Promise((resolve) => {
    response.once('close', resolve)
    engine.server.emit('request', request, response)
  })
}

/** The tables of the wiring. */
export const createDynamoDb = async ({clock, wiring, place, path}: DynamoDbDeps): Promise<Service> => {
  const engine = openEngine(place, path)
  await createTables(engine, wiring)
  const endSweeping = keepSweeping(engine, timesToLive(wiring), clock)
  return {
    signingName: 'dynamodb',
    handle: (request, response) => handOver(engine, request, response),
    stop: async () => {
      endSweeping()
      await engine.close()
    }
  }
}
