import {request} from 'node:http'
import {Duplex} from 'node:stream'
import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {readAnswer} from '../answer'

interface Read {
  readonly statusCode?: number
  readonly headers: object
  readonly body: string
}

/** Copies: what is read may be written over. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length]
  return at.slice(1).map((end, index) => Buffer.from(bytes.subarray(at[index], end))).filter(({length}) => length > 0)
}

const ours = async (bytes: Buffer, cuts: readonly number[]): Promise<Read> => {
  const queue = pieces(bytes, cuts)
  const {statusCode, headers, next} = await readAnswer(async () => queue.shift())
  const body: Buffer[] = []
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    body.push(Buffer.from(chunk))
  }
  return {statusCode, headers: {...headers}, body: Buffer.concat(body).toString('latin1')}
}

/** What node:http reads of the same bytes. */
const nodes = (bytes: Buffer, cuts: readonly number[]): Promise<Read> => new Promise((resolve, reject) => {
  const queue: Array<Buffer | null> = [...pieces(bytes, cuts), null]
  const connection = new Duplex({
    read() { setImmediate(() => this.push(queue.shift() ?? null)) },
    write: (_chunk, _encoding, done) => done()
  })
  let isWhole = (): boolean => false
  request({createConnection: () => connection, headers: {host: 'x', connection: 'close'}}, (response) => {
    isWhole = () => response.complete
    const body: Buffer[] = []
    response.on('data', (chunk: Buffer) => body.push(chunk)).on('error', reject)
      .on('end', () => resolve({statusCode: response.statusCode, headers: {...response.headers}, body: Buffer.concat(body).toString('latin1')}))
  }).on('error', (error) => reject(Object.assign(error, {isWhole: isWhole()}))).end()
})

const token = fc.string({unit: fc.constantFrom(...'abcXYZ019-_!#$%&\'*+.^`|~'), minLength: 1, maxLength: 12})
const character = fc.integer({min: 0x20, max: 0xff}).filter((code) => code !== 0x7f).map((code) => String.fromCharCode(code))
const text = fc.string({unit: character, maxLength: 30})
const known = fc.constantFrom('Content-Type', 'ETag', 'set-cookie', 'Location', 'Date', 'Cookie', 'Retry-After', 'X-Twice', 'Vary')
const framingNames = new Set(['content-length', 'transfer-encoding', 'connection', 'upgrade', 'proxy-connection'])
const name = fc.oneof(known, token).filter((spelled) => !framingNames.has(spelled.toLowerCase()))
const field = fc.tuple(name, text).map((both) => both.join(':'))
const content = fc.uint8Array({maxLength: 300}).map((bytes) => Buffer.from(bytes).toString('latin1'))
const spelling = fc.boolean().map((upper) => (size: number) => upper ? size.toString(16).toUpperCase() : size.toString(16))

const ofLength = content.map((body) => ({fields: [`Content-Length: ${body.length}`], body}))
const untilClose = content.map((body) => ({fields: [] as string[], body}))
const ofChunks = fc.record({
  chunks: fc.array(content.filter(({length}) => length > 0), {maxLength: 5}), spelled: spelling,
  extension: fc.constantFrom('', ';a=b', ';x'), trailers: fc.array(token.map((text) => `${text}: 1`), {maxLength: 2})
}).map(({chunks, spelled, extension, trailers}) => ({
  fields: ['Transfer-Encoding: chunked'],
  body: `${chunks.map((chunk) => `${spelled(chunk.length)}${extension}\r\n${chunk}\r\n`).join('')}0\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`
}))

const answer = fc.record({
  before: fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'),
  version: fc.constantFrom('1.0', '1.1'), status: fc.constantFrom(200, 200, 206, 204, 301, 304, 404, 416, 500), reason: fc.constantFrom('', ' ', ' OK', ' Partial Content'),
  fields: fc.array(field, {maxLength: 6}), framing: fc.oneof(ofLength, untilClose, ofChunks)
}).map(({before, version, status, reason, fields, framing}) =>
  Buffer.from([
    `${before}HTTP/${version} ${status}${reason}`, ...fields, ...framing.fields, '', status === 204 || status === 304 ? '' : framing.body
  ].join('\r\n'), 'latin1'))

const cuts = fc.array(fc.nat({max: 5000}), {maxLength: 6})

describe('An answer', () => {
  it('is read as node:http reads it, wherever it is cut', async () => {
    await fc.assert(fc.asyncProperty(answer, cuts, async (bytes, where) => {
      expect(await ours(bytes, where)).toEqual(await nodes(bytes, []))
    }), {numRuns: 1000})
  }, 60_000)

  const insert = fc.constantFrom('', '', '\r', '\n', '\r\n', '\r\n ', '\t', ' ', ' :', ':', ',', '0', '9', 'f', ';', ';a="b c"', '\0', '\x7f', 'Transfer-Encoding: identity\r\n', 'Content-Length: 3\r\n', 'Transfer-Encoding: chunked\r\n')
  const edit = fc.record({at: fc.nat({max: 2000}), remove: fc.nat({max: 3}), insert})
  const edited = (bytes: Buffer, {at, remove, insert: more}: {readonly at: number, readonly remove: number, readonly insert: string}): Buffer => {
    const place = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, place), Buffer.from(more, 'latin1'), bytes.subarray(place + remove)])
  }
  interface Refusal extends Error {
    readonly isWhole?: boolean
  }

  /** What comes after the whole, what stands beside chunks' sizes, and an interim answer of a server too old for it: nothing hangs on them. */
  const isPedantry = ({isWhole, message}: Refusal, bytes: Buffer): boolean =>
    isWhole === true || /chunk extensions/.test(message) || bytes.toString('latin1').startsWith('HTTP/1.0 1')

  const damaged = fc.tuple(answer, fc.array(edit, {minLength: 1, maxLength: 3})).map(([bytes, edits]) => edits.reduce(edited, bytes))

  const latin1 = (bytes: Buffer): string => bytes.toString('latin1')

  /** What we refuse although node:http reads it, each for a reason. */
  const stricter: ReadonlyArray<readonly [why: string, test: (bytes: Buffer) => boolean]> = [
    ['coded for the connection, which no one asked for; two readers would take two things for the end', (bytes) =>
      [...latin1(bytes).matchAll(/transfer-encoding:([^\r]*)/gi)].some(([, value = '']) => !/^[\t ]*(?:chunked|identity)[\t ]*$/i.test(value))
        || (latin1(bytes).match(/transfer-encoding:/gi) ?? []).length > 1],
    ['a status below 100 is none', (bytes) => /HTTP\/1\.[01] 0/.test(latin1(bytes))],
    ['what frames the answer comes after it, or twice, or in an interim answer', (bytes) => /(?:content-length|transfer-encoding)[^\0]*(?:content-length|transfer-encoding)/i.test(latin1(bytes))],
    ['an interim answer with a length is not sure to end with its head', (bytes) => /^HTTP\/1\.[01] 1\d\d[^\0]*content-length/i.test(latin1(bytes))],
    ['another protocol begins', (bytes) => /HTTP\/1\.[01] 101/.test(latin1(bytes))],
    ['16 PiB are enough for a chunk', (bytes) => /\r\n[\da-f]{14,}/i.test(latin1(bytes))]
  ]

  /** A tab behind a header's value is no part of it (RFC 9110 5.5). Node 22.23.3 takes `chunked` with one for another coding, and reads to the close. */
  const hasTabBehindCoding = (bytes: Buffer): boolean => /transfer-encoding:[^\r]*\t *\r/i.test(latin1(bytes))

  it('has chunks too if a tab stands behind their name', async () => {
    expect(await ours(Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n3\r\nabc\r\n0\r\n\r\n'), [])).toMatchObject({body: 'abc'})
  })

  it('that is damaged is refused by both, or is the same for node:http, but for what we are stricter about', async () => {
    let [read, refused] = [0, 0]
    await fc.assert(fc.asyncProperty(damaged, cuts, async (bytes, where) => {
      const mine = await ours(bytes, where).catch(() => undefined)
      if (mine === undefined) {
        refused++
        const isRead = await nodes(bytes, []).then(() => true, () => false)
        expect({bytes: latin1(bytes), isRead: isRead && !stricter.some(([, test]) => test(bytes))}).toEqual({bytes: latin1(bytes), isRead: false})
        return
      }
      read++
      fc.pre(!hasTabBehindCoding(bytes))
      const theirs = await nodes(bytes, []).catch((error: Refusal) => isPedantry(error, bytes) ? mine : error)
      expect(theirs).toEqual(mine)
    }), {numRuns: 1500})
    expect([read > 100, refused > 100]).toEqual([true, true])
  }, 60_000)

  it.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['twice the same length', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na'],
    ['a length beside chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a coding that no one asked for', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a space before a colon', 'HTTP/1.1 200 OK\r\nETag : "a"\r\n\r\n'], ['a header over two lines', 'HTTP/1.1 200 OK\r\nETag: "a\r\n b"\r\n\r\n'],
    ['a bare line feed', 'HTTP/1.1 200 OK\nETag: "a"\r\n\r\n'], ['another version', 'HTTP/2.0 200 OK\r\n\r\n'], ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a length after the chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 3\r\n\r\n'],
    ['a coding after the chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\ntransfer-encoding: gzip\r\n\r\n'],
    ['a length beside chunks before the answer', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
    ['a length that is none before the answer', 'HTTP/1.1 100 Continue\r\nContent-Length: f 3\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
    ['a chunk of endless size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000000000001\r\na\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n'],
    ['a chunk that is longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n']
  ])('is refused with %s', async (_what, bytes) => {
    await expect(ours(Buffer.from(bytes), [])).rejects.toMatchObject({code: expect.stringMatching(/^HPE_/)})
  })

  it('is refused with headers or extensions of endless length, without keeping them', async () => {
    const endless = (start: string, more: string) => {
      let [given, first] = [0, true]
      const next = async (): Promise<Buffer> => {
        const bytes = Buffer.from(first ? start : more.repeat(1000))
        first = false
        given += bytes.length
        return bytes
      }
      return {next, given: () => given}
    }
    const headers = endless('HTTP/1.1 200 OK\r\n', 'X: y\r\n')
    await expect(readAnswer(headers.next)).rejects.toMatchObject({code: 'HPE_INVALID_HEADER_OVERFLOW'})
    const extension = endless('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x')
    await expect((await readAnswer(extension.next)).next()).rejects.toMatchObject({code: 'HPE_INVALID_CHUNK_EXTENSION'})
    expect([headers.given() < 100_000, extension.given() < 100_000]).toEqual([true, true])
  })

  it.each([
    ['after empty lines', '\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na', {'content-length': '1'}],
    ['with the transfer coding that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\na', {'transfer-encoding': 'identity'}]
  ])('is read as node:http reads it: %s', async (_what, bytes, headers) => {
    const cuts = [1, 3, 5]
    expect(await ours(Buffer.from(bytes), cuts)).toEqual({statusCode: 200, headers, body: 'a'})
    expect(await nodes(Buffer.from(bytes), cuts)).toEqual({statusCode: 200, headers, body: 'a'})
  })

  it('of SHOUTcast is read as browsers read it, so that the broadcast is told as one; node:http refuses it', async () => {
    const bytes = Buffer.from('ICY 200 OK\r\nicy-name: radio\r\n\r\nsound')
    expect(await ours(bytes, [1, 2, 5])).toEqual({statusCode: 200, headers: {'icy-name': 'radio'}, body: 'sound'})
    await expect(nodes(bytes, [])).rejects.toMatchObject({code: 'HPE_INVALID_CONSTANT'})
  })

  it('that ends too early is not whole', async () => {
    for (const bytes of ['', 'HTTP/1.', 'HTTP/1.1 200 OK\r\nConte', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na']) {
      await expect(ours(Buffer.from(bytes), [])).rejects.toMatchObject({code: 'ECONNRESET'})
    }
  })
})
