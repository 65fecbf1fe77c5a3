import type {Server} from 'node:net'

/** The port of a server that listens on a TCP port. */
export const listeningPort = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') {
    throw new Error(`Expected a server that listens on a port; got ${address ?? 'one that does not listen'}.`)
  }
  return address.port
}
