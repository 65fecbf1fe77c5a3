import {createServer, type IncomingMessage, request as httpRequest, type ServerResponse} from 'node:http'
import {connect} from 'node:net'
import type {Duplex} from 'node:stream'
import {listeningPort} from '../../../shared/listening-port'
import type {Hold} from '../../runtime/core/hold'
import {isForLoopback} from '../../runtime/core/loopback'
import {StartError} from '../../../shared/start-error'
import type {WiredFunction} from '../../../shared/wiring/functions'

/** A function that may be debugged, and the port for that; 0 takes any free one. */
export interface Inspected {
  readonly functionName: string
  readonly port: number
}

/**
 * Where debuggers reach a function: one address on loopback for all its sandboxes, one after the other. It passes on
 * what Node's own inspector says, and knows by the open connections whether a debugger is attached.
 */
export interface Inspector extends Hold {
  /** `127.0.0.1:<port>` */
  readonly address: string
  /** Leads debuggers to the sandbox whose Node listens on this port of loopback, until the function that it returns is called. */
  readonly serve: (port: number) => () => void
  /** A debugger was attached until a moment ago: it wants to see the next sandbox from its beginning. */
  readonly isAwaited: () => boolean
  readonly close: () => void
}

/** Debuggers look again several times a second. */
const awaitedMilliseconds = 3_000

const host = '127.0.0.1'

/** Counts those who hold, and for how long any of them did. */
const createHold = () => {
  const watchers = new Set<() => void>()
  let holders = 0
  let past = 0
  let changedAt = -Infinity
  const isHeld = (): boolean => holders > 0
  const change = (by: 1 | -1): void => {
    const before = isHeld()
    holders += by
    if (before !== isHeld()) {
      past += before ? performance.now() - changedAt : 0
      changedAt = performance.now()
      watchers.forEach((watcher) => watcher())
    }
  }
  const hold: Hold = {
    isHeld,
    heldMilliseconds: () => past + (isHeld() ? performance.now() - changedAt : 0),
    watch: (onChange) => {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    }
  }
  return {...hold, change, releasedMilliseconds: () => isHeld() ? 0 : performance.now() - changedAt}
}

const formatHead = ({method, url, rawHeaders}: IncomingMessage): string => {
  const lines = rawHeaders.flatMap((name, index) => index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [])
  return [`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

/** Ties two connections together; `onOpen` hears that the other side has taken this one for a WebSocket, and `onEnd` that it is over. */
const tie = (client: Duplex, port: number, opening: Buffer | string, onOpen: () => void, onEnd: () => void): void => {
  const inspector = connect(port, host, () => inspector.write(opening))
  let isOpen = false
  inspector.once('data', (chunk: Buffer) => {
    isOpen = chunk.toString('latin1', 0, 12) === 'HTTP/1.1 101'
    if (isOpen) {
      onOpen()
    }
  })
  const end = (): void => {
    client.destroy()
    inspector.destroy()
    if (isOpen) {
      isOpen = false
      onEnd()
    }
  }
  for (const side of [client, inspector]) {
    side.on('error', end).on('close', end)
  }
  client.pipe(inspector).pipe(client)
}

const passOn = (request: IncomingMessage, response: ServerResponse, port: number): void => {
  const passed = httpRequest({host, port, path: request.url, method: request.method, headers: request.headers}, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => response.writeHead(502).end())
  request.pipe(passed)
}

/** Opens the address of one function. Rejects if the port is taken. */
export const openInspector = async (port: number): Promise<Inspector> => {
  const hold = createHold()
  const clients = new Set<Duplex>()
  let target: {readonly port: number} | undefined
  const server = createServer((request, response) => {
    if (!isForLoopback(request)) {
      response.writeHead(403).end()
    } else if (target === undefined) {
      response.writeHead(200, {'content-type': 'application/json'}).end('[]')
    } else {
      passOn(request, response, target.port)
    }
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isForLoopback(request) || target === undefined) {
      socket.destroy()
      return
    }
    clients.add(socket)
    tie(socket, target.port, Buffer.concat([Buffer.from(formatHead(request), 'latin1'), head]), () => hold.change(1), () => hold.change(-1))
    socket.once('close', () => clients.delete(socket))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    ...hold,
    address: `${host}:${listeningPort(server)}`,
    serve: (of) => {
      const mine = {port: of}
      target = mine
      return () => { target = target === mine ? undefined : target }
    },
    isAwaited: () => hold.releasedMilliseconds() < awaitedMilliseconds,
    close: () => {
      clients.forEach((client) => client.destroy())
      server.close()
      server.closeAllConnections()
    }
  }
}

const unknown = (functions: readonly WiredFunction[], name: string): string =>
  `There is no function '${name}'. The functions are ${functions.map((wired) => wired.name).sort().join(', ')}.`

/** Opens an address for each of these functions. Throws StartError, and what `openInspector` throws. */
export const openInspectors = async (
  functions: readonly WiredFunction[], inspected: readonly Inspected[]
): Promise<ReadonlyMap<string, Inspector>> => {
  const name = inspected.find(({functionName}) => !functions.some((wired) => wired.name === functionName))?.functionName
  if (name !== undefined) {
    throw new StartError(unknown(functions, name))
  }
  return new Map(await Promise.all(inspected.map(async ({functionName, port}) => [functionName, await openInspector(port)] as const)))
}
