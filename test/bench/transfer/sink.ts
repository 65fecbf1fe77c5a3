/** As much of S3 as an upload in parts needs, in a process of its own. It compares the checksum of each part, as S3 does. */
import {createServer, type Socket} from 'node:net'
import {crc32} from 'node:zlib'
import {type Incoming, type Pace, readRequests} from './connection'
import {announce, type Request} from './serve'
import {createUploads, type Upload} from './uploads'

export interface SinkReport {
  /** Uploads that are neither completed nor aborted. */
  readonly open: number
  readonly received: number
  readonly parts: ReadonlyArray<{readonly number: number, readonly size: number, readonly crc: number}>
}

/** What the benchmark may ask for; each message is answered by a report of the last completed upload. */
export interface SinkMessage {
  /** Bytes a second of each connection. */
  readonly rate?: number
  /** Uploads so far are forgotten. */
  readonly clear?: boolean
}

const uploads = createUploads()
const pace: Pace = {rate: 0}
const counted = {received: 0}

const respond = (socket: Socket, status: string, headers: readonly string[] = [], body = ''): void => {
  socket.write(['HTTP/1.1 ' + status, ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n'))
}

const xml = (socket: Socket, root: string, members: string): void =>
  respond(socket, '200 OK', ['Content-Type: application/xml'], `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${members}</${root}>`)

const refuse = (socket: Socket, status: string, code: string): void =>
  respond(socket, status, ['Content-Type: application/xml'], `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)

const base64 = (crc: number): string => Buffer.from(crc.toString(16).padStart(8, '0'), 'hex').toString('base64')

const receivePart = (socket: Socket, {headers}: Request, upload: Upload | undefined, number: number): Incoming => {
  let [size, crc] = [0, 0]
  return {
    body: (bytes) => {
      crc = crc32(bytes, crc)
      counted.received += bytes.length
      size += bytes.length
    },
    end: () => {
      const expected = headers['x-amz-checksum-crc32']
      if (upload === undefined || uploads.find(upload.id) === undefined) {
        refuse(socket, '404 Not Found', 'NoSuchUpload')
      } else if (expected !== base64(crc)) {
        refuse(socket, '400 Bad Request', 'BadDigest')
      } else {
        upload.parts.set(number, {number, size, crc})
        respond(socket, '200 OK', [`ETag: "${number}-${crc}"`, `x-amz-checksum-crc32: ${base64(crc)}`])
      }
    }
  }
}

const partsXml = ({parts}: Upload): string => [...parts.values()].sort((one, other) => one.number - other.number)
  .map(({number, size, crc}) => `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size><ETag>"${number}-${crc}"</ETag><ChecksumCRC32>${base64(crc)}</ChecksumCRC32></Part>`).join('')

let last: Upload | undefined

const answer = (socket: Socket, method: string, query: URLSearchParams): void => {
  const upload = uploads.find(query.get('uploadId') ?? '')
  if (method === 'POST' && query.has('uploads')) {
    xml(socket, 'InitiateMultipartUploadResult', `<UploadId>${uploads.create().id}</UploadId>`)
  } else if (upload === undefined) {
    refuse(socket, '404 Not Found', 'NoSuchUpload')
  } else if (method === 'GET') {
    xml(socket, 'ListPartsResult', `<UploadId>${upload.id}</UploadId><IsTruncated>false</IsTruncated>${partsXml(upload)}`)
  } else if (method === 'DELETE') {
    uploads.forget(upload)
    respond(socket, '204 No Content')
  } else {
    upload.completed = true
    last = upload
    xml(socket, 'CompleteMultipartUploadResult', '<ETag>"whole"</ETag>')
  }
}

const begin = (socket: Socket) => (request: Request): Incoming => {
  const {searchParams: query} = new URL(request.path, 'http://sink')
  return request.method === 'PUT'
    ? receivePart(socket, request, uploads.find(query.get('uploadId') ?? ''), Number(query.get('partNumber')))
    : {body: () => undefined, end: () => answer(socket, request.method, query)}
}

const server = createServer({noDelay: true}, (socket) => {
  socket.on('error', () => socket.destroy())
  readRequests(socket, pace, begin(socket))
})

announce(server, ({rate, clear}: SinkMessage): SinkReport => {
  pace.rate = rate ?? pace.rate
  const report = {
    open: uploads.all().filter(({completed}) => !completed).length, received: counted.received,
    parts: [...last?.parts.values() ?? []].sort((one, other) => one.number - other.number)
  }
  if (clear) {
    uploads.all().forEach(uploads.forget)
    last = undefined
    counted.received = 0
  }
  return report
})
