import {realClock, unwatched} from '../../core/clock'
import type {Service, Site} from '../../core/types'
import {createRuntimeServer} from '../server'

/** Services at an address, as a runtime has them. */
export interface Served {
  readonly address: string
  close: () => Promise<void>
}

const nothing: Service = {signingName: 'execute-api', handle: (_request, response) => { response.writeHead(404).end() }}

export const serve = async (services: readonly Service[], httpApi: Service = nothing, sites: readonly Site[] = []): Promise<Served> => {
  const server = createRuntimeServer({
    services: () => services, httpApi: () => httpApi, sites: () => sites,
    clock: realClock, activity: unwatched, gate: async (service, ...exchange) => service.handle(...exchange)
  })
  await server.listen(0)
  return {address: server.address(), close: () => server.close()}
}

/** What an SDK client needs to talk to it. */
export const clientFor = (endpoint: string) =>
  ({endpoint, region: 'us-west-2', credentials: {accessKeyId: 'any', secretAccessKey: 'any'}, maxAttempts: 1})

/** Name, message and status of what a client's call rejects with. */
export const refusal = async (call: Promise<unknown>): Promise<{name: string, message: string, status: number | undefined}> => {
  const error = await call.then(() => { throw new Error('Expected the call to be refused; it was not.') }, (reason: unknown) => reason)
  const {name, message, $metadata} = error as {name: string, message: string, $metadata?: {httpStatusCode?: number}}
  return {name, message, status: $metadata?.httpStatusCode}
}
