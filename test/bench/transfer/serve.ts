import type {Server, Socket} from 'node:net'
import {listeningPort} from '../../../shared/listening-port'

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The request in a head without its empty line. */
export const parseRequest = (head: string): Request => {
  const [first = '', ...lines] = head.split('\r\n')
  const [method = '', path = '/'] = first.split(' ')
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  return {method, path, headers}
}

/** The one request of a connection; a client of the benchmark sends its head at once. */
export const readRequest = (socket: Socket): Promise<Request> => new Promise((resolve) => {
  socket.once('data', (bytes) => resolve(parseRequest(bytes.toString('latin1').split('\r\n\r\n', 1)[0]!)))
})

/** Listens, sends the parent the port, and answers each of its messages by what `report` says. */
export const announce = <Message>(server: Server, report: (message: Message) => unknown): void => {
  server.listen(0, '127.0.0.1', () => process.send?.({port: listeningPort(server)}))
  process.on('message', (message: Message) => void (async () => process.send?.(await report(message)))())
  process.on('disconnect', () => process.exit())
}
