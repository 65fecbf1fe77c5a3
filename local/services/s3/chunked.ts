import type {IncomingHttpHeaders} from 'node:http'
import {ServiceError} from '../../runtime/core/errors'

/** Bytes of a body, and the headers that came after it. */
export interface Payload {
  readonly chunks: AsyncIterable<Buffer>
  /** Complete once the chunks are. */
  readonly trailers: Readonly<Record<string, string>>
}

const malformed = (what: string): ServiceError => new ServiceError('IncompleteBody', `The request body is not aws-chunked as announced: ${what}.`)

const longestLine = 16 * 1024

/** Reads lines and blocks out of a stream, without ever holding more than a chunk and a line. */
const createReader = (source: AsyncIterable<Buffer>) => {
  const iterator = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    const next = await iterator.next()
    if (next.done !== true) {
      rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value])
    }
    return next.done !== true
  }
  return {
    line: async (): Promise<string> => {
      let end = rest.indexOf('\r\n')
      while (end === -1) {
        if (rest.length > longestLine || !await fill()) {
          throw malformed('a line does not end')
        }
        end = rest.indexOf('\r\n')
      }
      const line = rest.toString('latin1', 0, end)
      rest = rest.subarray(end + 2)
      return line
    },
    /** At most `size` bytes of what is there. */
    some: async (size: number): Promise<Buffer> => {
      if (rest.length === 0 && !await fill()) {
        throw malformed('a chunk is shorter than its size')
      }
      const block = rest.subarray(0, size)
      rest = rest.subarray(block.length)
      return block
    },
    close: () => iterator.return?.()
  }
}

const parseChunkSize = (line: string): number => {
  const size = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(line)?.[1]
  if (size === undefined) {
    throw malformed('a chunk has no size')
  }
  return Number.parseInt(size, 16)
}

/** `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\n[trailer]*\r\n` */
const decode = async function* (source: AsyncIterable<Buffer>, trailers: Record<string, string>): AsyncGenerator<Buffer> {
  const reader = createReader(source)
  try {
    for (let size = parseChunkSize(await reader.line()); size > 0; size = parseChunkSize(await reader.line())) {
      for (let left = size; left > 0;) {
        const block = await reader.some(left)
        left -= block.length
        yield block
      }
      if (await reader.line() !== '') {
        throw malformed('a chunk is longer than its size')
      }
    }
    for (let line = await reader.line(); line !== ''; line = await reader.line()) {
      const [name = '', ...value] = line.split(':')
      trailers[name.trim().toLowerCase()] = value.join(':').trim()
    }
  } finally {
    await reader.close()
  }
}

const isChunked = (headers: IncomingHttpHeaders): boolean =>
  String(headers['content-encoding'] ?? '').includes('aws-chunked') || String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')

/** Announced length of the content; undefined if no one said. */
export const payloadLength = (headers: IncomingHttpHeaders): number | undefined => {
  const value = headers[isChunked(headers) ? 'x-amz-decoded-content-length' : 'content-length']
  return value === undefined ? undefined : Number(value)
}

/** The content of a request, taken out of aws-chunked encoding if it came in it: signed or not, with trailers or without. */
export const readPayload = (source: AsyncIterable<Buffer>, headers: IncomingHttpHeaders): Payload => {
  const trailers: Record<string, string> = {}
  return {chunks: isChunked(headers) ? decode(source, trailers) : source, trailers}
}
