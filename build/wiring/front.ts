import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http'
import {buffer} from 'node:stream/consumers'
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

/** Whether a call changes nothing, by its method or by the name of its action. */
const isReading = ({method, headers, body}: Call): boolean =>
  method === 'GET' || /^(?:Describe|Get|List)/.test(/\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1] ?? /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1] ?? '')

/** Sends moto's answer on as the provider expects it. */
const sendCorrected = async (answer: IncomingMessage, response: ServerResponse): Promise<void> => {
  const {body} = await read(answer)
  const text = withoutSpaces(body.toString('utf8'))
  // The length is known now, and a message has one framing (RFC 9112, 6.2).
  const {'transfer-encoding': _, ...headers} = answer.headers
  response.writeHead(answer.statusCode ?? 502, {...headers, 'content-length': Buffer.byteLength(text)}).end(text)
}

/** moto lists what another call is just adding to, and answers 500: what only reads is asked again. */
const passOn = (motoPort: number, incoming: IncomingMessage, call: Call, response: ServerResponse, again = 2): void => {
  const {method, headers, body} = call
  const onward = request({host: '127.0.0.1', port: motoPort, method, path: incoming.url, headers}, (answer) => {
    if (answer.statusCode === 500 && again > 0 && isReading(call)) {
      answer.resume()
      passOn(motoPort, incoming, call, response, again - 1)
      return
    }
    if (serviceName(call) === 'sqs') {
      sendCorrected(answer, response).catch((error: unknown) => response.writeHead(502).end(String(error)))
      return
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.once('error', (error) => response.writeHead(502).end(String(error)))
  onward.end(body)
}

/** One address for every service: what moto lacks or gets wrong is answered here, the rest by moto. `onCall` hears of each call, with its service. */
export const startFront = (motoPort: number, onCall: (service: string, call: Call) => void = () => undefined): Promise<Front> => {
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
      passOn(motoPort, incoming, call, response)
      return
    }
    response.writeHead(reply.status, reply.headers).end(reply.body)
  }
  const server = createServer((incoming, response) => void answer(incoming, response))
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve({url: `http://127.0.0.1:${listeningPort(server)}`, stop: () => {
        server.close()
        server.closeAllConnections()
      }})
    })
  })
}
