import type {IncomingHttpHeaders} from 'node:http'
import {protocolError} from './failures'

export interface Head {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  /** The values of each `Content-Length` and `Transfer-Encoding` there is: two of them are one too many. */
  readonly lengths: readonly string[]
  readonly codings: readonly string[]
  /** The values of each `Location`: the first that is not empty counts. */
  readonly locations: readonly string[]
}

/** Bytes of a head; Node's own client allows a quarter of it. */
export const maxHeadBytes = 64 * 1024

/** Where the same header comes twice, the first one counts; as node:http has it. */
const once = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since',
  'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent'
])

// SHOUTcast says ICY where others say HTTP/1.0.
const statusLine = /^(?:HTTP\/1\.[01]|ICY) ([1-9]\d\d)(?: [^\r\n]*)?$/
const headerLine = /^([\w!#$%&'*+\-.^`|~]+):([\t\x20-\x7e\x80-\xff]*)$/

const joined = (name: string, before: string, value: string): string =>
  once.has(name) ? before : `${before}${name === 'cookie' ? '; ' : ', '}${value}`

const collect = (fields: ReadonlyArray<readonly [string, string]>): IncomingHttpHeaders => {
  const headers = new Map<string, string | string[]>()
  for (const [name, value] of fields) {
    const before = headers.get(name)
    if (name === 'set-cookie') {
      headers.set(name, [...before ?? [], value])
    } else {
      headers.set(name, before === undefined ? value : joined(name, String(before), value))
    }
  }
  return Object.fromEntries(headers)
}

/** Name, in small letters, and value. Throws if a line is not a header. */
export const parseField = (line: string): readonly [string, string] => {
  const [, name, value] = headerLine.exec(line) ?? []
  if (name === undefined || value === undefined) {
    throw protocolError('HEADER', `a header is '${line.slice(0, 60)}'`)
  }
  return [name.toLowerCase(), value.replace(/^[\t ]+|[\t ]+$/g, '')]
}

/** A head without the empty line that ends it. Throws an error with a code `HPE_…`, as Node's own parser does. */
export const parseHead = (bytes: Buffer): Head => {
  const [first = '', ...lines] = bytes.toString('latin1').split('\r\n')
  const status = statusLine.exec(first)?.[1]
  if (status === undefined) {
    throw protocolError('STATUS', `the answer begins with '${first.slice(0, 60)}'`)
  }
  const fields = lines.map(parseField)
  const all = (name: string): string[] => fields.flatMap(([field, value]) => field === name ? [value] : [])
  return {
    statusCode: Number(status), headers: collect(fields),
    lengths: all('content-length'), codings: all('transfer-encoding'), locations: all('location')
  }
}

export interface ReadHead {
  readonly head: Head
  /** What came with it of what follows. */
  readonly rest: Buffer
}

const openings = ['HTTP/1.', 'ICY '].map((text) => Buffer.from(text))

const isOpening = (bytes: Buffer): boolean =>
  openings.some((opening) => bytes.subarray(0, opening.length).equals(opening.subarray(0, bytes.length)))

/** Empty lines before a head are skipped: https://www.rfc-editor.org/rfc/rfc9112#section-2.2-6 */
const emptyLines = (bytes: Buffer): number => {
  const first = bytes.findIndex((byte) => byte !== 0x0d && byte !== 0x0a)
  return first === -1 ? bytes.length : first
}

/** Reads up to the end of a head, or undefined if all ends before it. Throws as `parseHead`. */
export const readHead = async (next: () => Promise<Buffer | undefined>, rest?: Buffer): Promise<ReadHead | undefined> => {
  let before = Buffer.alloc(0)
  for (let chunk = rest?.length ? rest : await next(); chunk !== undefined; chunk = await next()) {
    const all = before.length === 0 ? chunk : Buffer.concat([before, chunk])
    const bytes = all.subarray(emptyLines(all))
    if (!isOpening(bytes)) {
      throw protocolError('CONSTANT', `the answer begins with '${bytes.toString('latin1', 0, 60)}'`)
    }
    const end = bytes.indexOf('\r\n\r\n', Math.max(0, before.length - 3))
    if (end > maxHeadBytes || (end === -1 && bytes.length > maxHeadBytes)) {
      throw protocolError('HEADER_OVERFLOW', `its headers are more than ${maxHeadBytes} bytes`)
    }
    if (end !== -1) {
      return {head: parseHead(bytes.subarray(0, end)), rest: bytes.subarray(end + 4)}
    }
    before = Buffer.from(bytes)
  }
  return undefined
}
