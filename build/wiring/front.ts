import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http'
import {buffer} from 'node:stream/consumers'
import pLimit from 'p-limit'
import {listeningPort} from '../../shared/listening-port'
import {authorizers} from './authorizers'
import {bucketPolicies} from './bucket-policies'
import {budgetService} from './budgets'
import type {Answer, Call} from './call'
import {functionKeys} from './function-keys'
import {withoutSpaces} from './queue-attributes'
import {schemaRegistry} from './schema-registry'
import {stateMachineChecks} from './state-machine-checks'

export interface Front {
  readonly url: string
  stop: () => void
}

const read = async (incoming: IncomingMessage): Promise<Call> => {
  const url = new URL(incoming.url ?? '/', 'http://front')
  return {method: incoming.method ?? 'GET', url, headers: incoming.headers, body: await buffer(incoming)}
}

/** Signing name of the service in the credential scope of a SigV4 signature. */
const serviceName = ({headers}: Call): string => /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''

interface Reached {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const reach = (port: number, path: string | undefined, {method, headers, body}: Call): Promise<Reached> => new Promise((resolve, reject) => {
  const onward = request({host: '127.0.0.1', port, method, path, headers}, (answer) => {
    buffer(answer).then((read) => resolve({status: answer.statusCode ?? 502, headers: answer.headers, body: read}), reject)
  })
  onward.once('error', reject).end(body)
})

/** Sends moto's answer on as the provider expects it. */
const send = (response: ServerResponse, service: string, {status, headers: {'transfer-encoding': _, ...headers}, body}: Reached): void => {
  const text = service === 'sqs' ? Buffer.from(withoutSpaces(body.toString('utf8'))) : body
  // The length is known now, and a message has one framing (RFC 9112, 6.2); an answer without a body keeps what it says of one.
  response.writeHead(status, text.length === 0 ? headers : {...headers, 'content-length': text.length}).end(text)
}

/** One address for every service: what moto lacks or gets wrong is answered here, the rest by moto. `onCall` hears of each call, with its service. */
export const startFront = (motoPort: number, onCall: (service: string, call: Call) => void = () => undefined): Promise<Front> => {
  // moto's threads change one dictionary while another walks it, and answer 500: it gets one call at a time.
  const oneAtATime = pLimit(1)
  const answers: Readonly<Record<string, Answer>> = {
    schemas: schemaRegistry(), states: stateMachineChecks, s3: bucketPolicies(), apigateway: authorizers(motoPort), budgets: budgetService(),
    lambda: functionKeys(motoPort)
  }
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await read(incoming)
    const service = serviceName(call)
    onCall(service, call)
    const reply = await answers[service]?.(call)
    if (reply === undefined) {
      send(response, service, await oneAtATime(() => reach(motoPort, incoming.url, call)))
      return
    }
    response.writeHead(reply.status, reply.headers).end(reply.body)
  }
  const server = createServer((incoming, response) => void answer(incoming, response)
    .catch((error: unknown) => response.writeHead(502).end(String(error))))
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve({url: `http://127.0.0.1:${listeningPort(server)}`, stop: () => {
        server.close()
        server.closeAllConnections()
      }})
    })
  })
}
