import type {IncomingMessage} from 'node:http'

/** A request with its body read. */
export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Returns what moto cannot; undefined leaves the call to moto. */
export type Answer = (call: Call) => Reply | undefined | Promise<Reply | undefined>
