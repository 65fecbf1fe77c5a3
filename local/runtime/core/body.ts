import type {IncomingMessage} from 'node:http'
import {ServiceError} from './errors'

/** The chunks of a body. Left early, the rest is read and dropped, so that the connection stays for the answer. */
export const readChunks = async function* (request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>
  } finally {
    request.resume()
  }
}

/** The whole body of a request. Throws a 413 with `code` beyond `limit` bytes. */
export const readBody = async (request: IncomingMessage, limit = 16 * 1024 * 1024, code = 'RequestEntityTooLargeException'): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of readChunks(request)) {
    size += chunk.length
    if (size > limit) {
      throw new ServiceError(code, `Expected a body of at most ${limit} bytes.`, 413)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
