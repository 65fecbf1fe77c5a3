import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Service} from '../../../runtime/core/types'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface Asked {
  readonly address: string
  /** One call of the service's JSON protocol. */
  ask: (operation: string, input?: object) => Promise<Answer>
  close: () => Promise<void>
}

/** Serves a service on loopback and speaks to it as an SDK does. */
export const serve = async (service: Service): Promise<Asked> => {
  const server = createServer((request, response) => void service.handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    ask: async (operation, input = {}) => {
      const headers = {'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Service.${operation}`}
      const response = await fetch(address, {method: 'POST', headers, body: JSON.stringify(input)})
      return {status: response.status, body: await response.json()}
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}
