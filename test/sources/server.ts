import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo, Socket} from 'node:net'
import type {Seen, Serve, SourceCase} from './case'

export interface SourceServer {
  /** Where a case's file is, on a host of its own: limits learned of one case's host are not another's. */
  urlOf: (served: SourceCase) => string
  seenOf: (served: SourceCase) => Seen
  close: () => Promise<void>
}

interface Row {
  readonly serve: Serve
  readonly seen: Seen & {readonly requests: Array<Seen['requests'][number]>}
}

/** Counts a body's bytes as they are handed over. */
const counted = (response: ServerResponse, seen: Row['seen']): void => {
  const count = (chunk: unknown): void => {
    seen.bytes += typeof chunk === 'string' || Buffer.isBuffer(chunk) ? Buffer.byteLength(chunk) : 0
  }
  for (const name of ['write', 'end'] as const) {
    const send = response[name].bind(response) as (...values: unknown[]) => never
    response[name] = (...values: unknown[]) => {
      count(values[0])
      return send(...values)
    }
  }
}

const idOf = (index: number): string => `case-${index + 1}`

// 127.0.0.1 has no limits of hosts: each case is a host of its own in 127.0.0.0/8.
const hostOf = (index: number): string => `127.0.${1 + Math.floor(index / 250)}.${2 + index % 250}`

/** Serves every case of a table under `/case-<n>/…`, each at an address of its own. Cookies, redirects and playlists find their way by relative URLs. */
export const startSourceServer = (cases: readonly SourceCase[]): Promise<SourceServer> => new Promise((resolve, reject) => {
  const rows = new Map<string, Row>(cases.map((each, index) => [idOf(index), {serve: each.serve(), seen: {requests: [], bytes: 0}}]))
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const [, id = ''] = url.pathname.split('/', 2)
    const row = rows.get(id)
    if (row === undefined) {
      response.writeHead(404).end()
      return
    }
    url.pathname = url.pathname.slice(id.length + 1)
    row.seen.requests.push({path: url.pathname + url.search, headers: request.headers, at: Date.now()})
    counted(response, row.seen)
    Promise.resolve(row.serve({request, response, url, nth: row.seen.requests.length})).catch((error: Error) => response.destroy(error))
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.once('error', reject)
  server.listen(0, '0.0.0.0', () => {
    const {port} = server.address() as AddressInfo
    const indexOf = (served: SourceCase): number => cases.indexOf(served)
    resolve({
      urlOf: (served) => `http://${hostOf(indexOf(served))}:${port}/${idOf(indexOf(served))}${served.path ?? '/film.mp4'}`,
      seenOf: (served) => rows.get(idOf(indexOf(served)))!.seen,
      close: () => new Promise((closed) => {
        server.close(() => closed())
        sockets.forEach((socket) => socket.destroy())
      })
    })
  })
})
