import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {listeningPort} from '../../../shared/listening-port'
import {report, send} from '../core/answer'
import {signedService, requestUrl} from '../core/credential-scope'
import {isForLoopback} from '../core/loopback'
import type {Activity, Clock, Service, Site} from '../core/types'
import type {Gate} from '../../lab/faults/gate'

export interface RuntimeServer {
  /** `http://127.0.0.1:<port>`; known once it listens. */
  address: () => string
  /** Rejects with EADDRINUSE if the port is taken. */
  listen: (port: number) => Promise<void>
  /** Takes no more requests, and waits a moment for those under way. */
  close: () => Promise<void>
}

/** Asked for at each request: the server has its address before the services are there. */
export interface ServerParts {
  readonly services: () => readonly Service[]
  readonly httpApi: () => Service
  readonly clock: Clock
  readonly activity: Activity
  readonly gate: Gate
  /** Parts of the address that are neither AWS nor the HTTP API. */
  readonly sites?: () => readonly Site[]
}

const patience = 1000

const refuse = (response: ServerResponse, statusCode: number, message: string): void =>
  send(response, statusCode, {'content-type': 'application/json'}, JSON.stringify({message}))

const listen = (server: Server, port: number): Promise<void> => new Promise((resolve, reject) => {
  server.once('error', reject)
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject)
    resolve()
  })
})

/** A long poll waits for others: nothing is under way. */
const isWaiting = ({headers}: IncomingMessage): boolean => String(headers['x-amz-target']).endsWith('.ReceiveMessage')

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const serviceFor = ({services, httpApi, gate}: ServerParts): Route => async (request, response) => {
  const name = signedService(request)
  if (name === undefined) {
    return httpApi().handle(request, response)
  }
  const service = [...services(), httpApi()].find(({signingName}) => signingName === name)
  return service === undefined ? refuse(response, 501, `The embedded AWS has no service '${name}'.`) : gate(service, request, response)
}

/** A signed request goes to the service it was signed for, any other to the site that serves its path, else to the HTTP API. */
const findRoute = (parts: ServerParts): Route => {
  const {sites = () => [], clock, activity} = parts
  const serve = serviceFor(parts)
  return async (request, response) => {
    if (!isForLoopback(request)) {
      return refuse(response, 403, 'Expected Host, and Origin if there is one, to be 127.0.0.1, localhost or [::1].')
    }
    const site = signedService(request) === undefined ? sites().find(({serves}) => serves(requestUrl(request).pathname)) : undefined
    if (site !== undefined) {
      return site.handle(request, response)
    }
    // SDK clients sign by the time that answers have.
    response.setHeader('date', new Date(clock.now()).toUTCString())
    const served = serve(request, response)
    return isWaiting(request) ? served : activity.during(served)
  }
}

/** Serves all that has an address, on one. */
export const createRuntimeServer = (parts: ServerParts): RuntimeServer => {
  const running = new Set<Promise<void>>()
  const route = findRoute(parts)

  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    const handling = route(request, response)
      .catch((error: unknown) => {
        report(error)
        refuse(response, 500, 'Internal Server Error')
      })
      .finally(() => running.delete(handling))
    running.add(handling)
  })
  // Uploads and long polls take their time; kept connections outlive the pauses that SDK clients make.
  server.requestTimeout = 0
  server.keepAliveTimeout = 65_000

  return {
    address: () => `http://127.0.0.1:${listeningPort(server)}`,
    listen: (port) => listen(server, port),
    close: async () => {
      // One that never listened says so; it is as closed as it gets.
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const late = new Promise((resolve) => setTimeout(resolve, patience).unref())
      await Promise.race([Promise.allSettled(running), late])
      server.closeAllConnections()
      await closed
    }
  }
}
