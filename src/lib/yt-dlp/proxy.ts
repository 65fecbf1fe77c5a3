import {createServer,
  type IncomingHttpHeaders, type IncomingMessage, request as sendRequest, type Server, type ServerResponse} from 'node:http'
import {type AddressInfo, connect, type Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import type {NamedError} from '../../util/errors'
import {connectionError} from '../http/failures'
import {type AddressPolicy, checkedAddresses, pinned} from '../http/guard'

/** A forward proxy on loopback through which a child program reaches permitted addresses and nothing else. */
export interface GuardProxy {
  readonly url: string
  /** Why the proxy refused or lost a connection: an address that is not permitted, else the last failure. */
  failure: () => NamedError | undefined
  close: () => void
}

type Record = (cause: unknown, host: string) => NamedError

const silenceMilliseconds = 60_000
const hopByHop = new Set(['connection',
  'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))

const toStatus = ({name}: NamedError): number => name === 'PrivateAddressError' ? 403 : 502

const joined = (left: Duplex, right: Socket): void => {
  right.setTimeout(silenceMilliseconds, () => right.destroy())
  for (const [one, other] of [[left, right], [right, left]] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
    one.pipe(other)
  }
}

const tunnel = async (authority: string, client: Duplex, head: Buffer, policy: AddressPolicy, record: Record): Promise<void> => {
  // The scheme serves to parse alone: its default port is that of nearly all tunnels.
  const {hostname, port} = new URL(`https://${authority}`)
  const fail = (cause: unknown): void => {
    client.end(`HTTP/1.1 ${toStatus(record(cause, authority))} Refused\r\nContent-Length: 0\r\n\r\n`)
  }
  try {
    const addresses = await checkedAddresses(hostname, policy)
    const server = connect({host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443), lookup: pinned(addresses)})
    server.once('error', fail)
    server.once('connect', () => {
      server.off('error', fail)
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.write(head)
      joined(client, server)
    })
  } catch (error) {
    fail(error)
  }
}

const forward = async (request: IncomingMessage, response: ServerResponse, policy: AddressPolicy, record: Record): Promise<void> => {
  const url = URL.parse(request.url ?? '')
  const fail = (cause: unknown): void => {
    const status = toStatus(record(cause, url?.host ?? 'the host'))
    if (response.headersSent) {
      response.destroy()
    } else {
      response.writeHead(status, {'content-length': 0}).end()
    }
  }
  try {
    if (url?.protocol !== 'http:') {
      throw new Error('Expected an absolute http URL.')
    }
    const addresses = await checkedAddresses(url.hostname, policy)
    const {hostname, port, pathname, search} = url
    const outgoing = sendRequest({
      hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search, method: request.method, headers: endToEnd(request.headers),
      agent: false, lookup: pinned(addresses), timeout: silenceMilliseconds
    }, (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, endToEnd(incoming.headers))
      // A body that breaks off must break off here too: else the child takes a part for the whole.
      incoming.on('error', fail)
      incoming.pipe(response)
    })
    outgoing.once('timeout', () => outgoing.destroy())
    outgoing.on('error', fail)
    response.once('close', () => outgoing.destroy())
    request.pipe(outgoing)
  } catch (error) {
    fail(error)
  }
}

const listening = (server: Server): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject)
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- it listens, and on no pipe
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
})

/**
 * Starts the proxy: each connection's address is checked and pinned as for our own requests, so that redirects, manifests and rebinding are
 * covered.
 */
export const startGuardProxy = async (
  policy: AddressPolicy, onPrivate: (error: NamedError) => void = () => undefined
): Promise<GuardProxy> => {
  let failure: NamedError | undefined
  const record: Record = (cause, host) => {
    const error = connectionError(cause, host)
    failure = failure?.name === 'PrivateAddressError' ? failure : error
    if (error.name === 'PrivateAddressError') {
      onPrivate(error)
    }
    return error
  }
  const tunnels = new Set<Duplex>()
  const server = createServer((request, response) => void forward(request, response, policy, record))
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnels.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => tunnels.delete(client))
    tunnel(request.url ?? '', client, head, policy, record).catch(() => client.destroy())
  })
  const port = await listening(server)
  const close = (): void => {
    server.close()
    server.closeAllConnections()
    tunnels.forEach((client) => client.destroy())
  }
  return {url: `http://127.0.0.1:${port}`, failure: () => failure, close}
}
