import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {randomBytes} from 'node:crypto'
import {listeningPort} from '../../../shared/listening-port'
import {readBody} from '../../runtime/core/body'
import {isForLoopback} from '../../runtime/core/loopback'
import type {InvocationResult} from '../../runtime/core/types'
import {traceName} from './callers'
import type {Invocation} from './outcome'

/** The Runtime API of one sandbox. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export interface RuntimeApi {
  /** `127.0.0.1:<port>`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string
  /** Hands an invocation to the runtime that waits for the next one. */
  give: (invocation: Invocation, times: InvocationTimes) => void
  close: () => void
}

/** Epoch ms. */
export interface InvocationTimes {
  readonly deadline: number
  /** The present, if the function is not to take it from the system. */
  readonly virtual?: number
}

type Given = Invocation & InvocationTimes

export interface RuntimeApiEvents {
  /** The runtime asked for the next invocation: it has started, or is done with the last one. */
  readonly onReady: () => void
  readonly onResult: (requestId: string, result: InvocationResult) => void
  readonly onInitError: (payload: string) => void
}

const responseLimit = 6 * 1024 * 1024 + 100 * 1024
const base = '/2018-06-01/runtime/'

// Not sampled: segments would go to a daemon that does not run here.
const traceId = (requestId: string): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${traceName(requestId)};Parent=${randomBytes(8).toString('hex')};Sampled=0`

const tooLarge: InvocationResult = {
  functionError: 'Unhandled',
  payload: JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${responseLimit} bytes).`
  })
}

const readResult = async (request: IncomingMessage, kind: string): Promise<InvocationResult> => {
  try {
    const payload = (await readBody(request, responseLimit)).toString('utf8')
    return {payload, ...(kind === 'error' && {functionError: 'Unhandled'})}
  } catch {
    return tooLarge
  }
}

const accept = (response: ServerResponse): void => {
  response.writeHead(202, {'content-type': 'application/json'})
  response.end('{"status":"OK"}')
}

const route = async (
  request: IncomingMessage, response: ServerResponse, events: RuntimeApiEvents, wait: (response: ServerResponse) => void
): Promise<void> => {
  const path = request.url?.startsWith(base) && isForLoopback(request) ? request.url.slice(base.length) : ''
  const [, requestId, kind] = /^invocation\/([\w-]+)\/(response|error)$/.exec(path) ?? []
  if (path === 'invocation/next') {
    wait(response)
  } else if (path === 'init/error') {
    events.onInitError((await readBody(request)).toString('utf8'))
    accept(response)
  } else if (requestId !== undefined && kind !== undefined) {
    const result = await readResult(request, kind)
    accept(response)
    events.onResult(requestId, result)
  } else {
    response.writeHead(404).end()
  }
}

const listen = (server: Server): Promise<string> => new Promise((resolve, reject) => {
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${listeningPort(server)}`))
})

const hand = (response: ServerResponse, functionArn: string, {requestId, payload, deadline, virtual}: Given): void => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadline),
    'lambda-runtime-invoked-function-arn': functionArn,
    'lambda-runtime-trace-id': traceId(requestId),
    ...(virtual !== undefined && {'local-runtime-time-ms': String(virtual)})
  })
  response.end(payload)
}

/** Opens a Runtime API for one sandbox on a port of its own. */
export const openRuntimeApi = async (functionArn: string, events: RuntimeApiEvents): Promise<RuntimeApi> => {
  let waiting: ServerResponse | undefined
  let given: Given | undefined
  // An invocation may come before the runtime has asked for it: it posts its last answer first.
  const meet = (): void => {
    if (waiting !== undefined && given !== undefined) {
      hand(waiting, functionArn, given)
      waiting = given = undefined
    }
  }
  const server = createServer((request, response) => {
    const wait = (next: ServerResponse): void => {
      waiting = next
      meet()
      events.onReady()
    }
    route(request, response, events, wait).catch(() => response.destroy())
  })
  // A long poll may last for as long as no one invokes the function.
  server.requestTimeout = 0
  server.keepAliveTimeout = 0
  const address = await listen(server)
  return {
    address,
    give: (invocation, times) => {
      given = {...invocation, ...times}
      meet()
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
