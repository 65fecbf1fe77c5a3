/** Where the servers of a case are, for its configuration. */
export interface Places {
  /** Of the server that is asked: an address of 127.0.0.0/8 of its own, so that what is learned of one host is not of another. */
  readonly address: string
  readonly port: number
  /** `host:port` of an origin that has the films and writes down what it sends. */
  readonly origin: string
  /** A folder of the case's own. */
  readonly folder: string
  readonly id: string
  /** MiB a second and connection. */
  readonly rate: number
}

export interface ServerCase {
  readonly name: string
  /** Limits are about seconds, caches about what the origin sends. */
  readonly kind: 'limit' | 'cache'
  /** The program in front, nginx if nothing is said. */
  readonly program?: 'varnishd' | 'squid'
  /** nginx: directives of `http`, as far as the case needs any. */
  readonly http?: (places: Places) => string
  /** nginx: directives of the case's `server`; or the arguments of the other program. */
  readonly server: (places: Places) => string
}
