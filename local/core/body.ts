import type {IncomingMessage} from 'node:http'
import {ServiceError} from './errors'

/** The whole body of a request. Throws RequestEntityTooLargeException (413) beyond `limit` bytes; the connection stays, for the answer. */
export const readBody = async (request: IncomingMessage, limit = 16 * 1024 * 1024): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) {
      throw new ServiceError('RequestEntityTooLargeException', `Expected a body of at most ${limit} bytes.`, 413)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
