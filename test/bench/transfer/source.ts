/**
 * A media site in a process of its own, as fast as Node writes. `/<bytes>.mp4` with ranges and an ETag; `chunk=<bytes>` has no length and
 * comes in chunks of that size; `reset=<seed>` breaks a connection somewhere, once in each 8 MiB.
 */
import {createServer, type Socket} from 'node:net'
import {block, slices} from './bytes'
import {announce, readRequest, type Request} from './serve'

const frame = (bytes: Buffer, size: number): Buffer => {
  const frames: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    frames.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
  }
  return Buffer.concat(frames)
}

const framedBlocks = new Map<number, Buffer>()

/** Bytes as chunks of one size; the block, which comes over and over, is framed once. */
const framed = (bytes: Buffer, size: number): Buffer => {
  if (bytes.length < block.length || bytes.buffer !== block.buffer) {
    return frame(bytes, size)
  }
  const before = framedBlocks.get(size) ?? frame(block, size)
  framedBlocks.set(size, before)
  return before
}

export interface SourceReport {
  /** Bytes sent of ranges with both ends, which workers ask for. */
  readonly ranged: number
  /** Connections broken on purpose. */
  readonly resets: number
}

/** One connection is broken in each stretch of this many bytes. */
const stretchBytes = 8 * 1024 ** 2
const broken = new Set<string>()
const sent = {ranged: 0, resets: 0}

const drained = (socket: Socket): Promise<void> => new Promise((resolve) => {
  const done = (): void => {
    socket.off('drain', done).off('close', done)
    resolve()
  }
  socket.on('drain', done).on('close', done)
})

interface Asked {
  readonly start: number
  readonly end: number
  readonly size: number
  readonly isRange: boolean
  readonly isClosed: boolean
  readonly chunk: number
  /** Bytes after which the connection breaks. */
  readonly reset: number
}

const askedOf = ({path, headers}: Request): Asked => {
  const url = new URL(path, 'http://source')
  const size = Number(/^\/(\d+)\.mp4$/.exec(url.pathname)?.[1])
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? []
  const start = Number(first ?? 0)
  const end = last ? Number(last) + 1 : size
  const seed = Number(url.searchParams.get('reset') ?? 0)
  const key = `${path} ${Math.floor(start / stretchBytes)}`
  const isBroken = seed > 0 && Boolean(last) && !broken.has(key)
  broken.add(isBroken ? key : '')
  return {
    start, end, size, isRange: first !== undefined, isClosed: Boolean(last), chunk: Number(url.searchParams.get('chunk') ?? 0),
    // Anywhere in what was asked for, another place for each range and seed.
    reset: isBroken ? (Math.imul(start / 65_536 + seed, 0x9e3779b1) >>> 0) % (end - start) : Infinity
  }
}

const headOf = ({start, end, size, isRange, chunk}: Asked): string => [
  isRange ? 'HTTP/1.1 206 Partial Content' : 'HTTP/1.1 200 OK',
  'Content-Type: video/mp4', 'Accept-Ranges: bytes', `ETag: "bench-${size}"`, 'Connection: close',
  ...(isRange ? [`Content-Range: bytes ${start}-${end - 1}/${size}`] : []),
  chunk > 0 ? 'Transfer-Encoding: chunked' : `Content-Length: ${end - start}`, '', ''
].join('\r\n')

const answer = async (socket: Socket, request: Request): Promise<void> => {
  const asked = askedOf(request)
  socket.write(headOf(asked))
  const stop = Math.min(asked.end, asked.start + asked.reset)
  for (const bytes of slices(asked.start, stop)) {
    if (!socket.write(asked.chunk > 0 ? framed(bytes, asked.chunk) : bytes)) {
      await drained(socket)
    }
    if (socket.destroyed) {
      return
    }
    sent.ranged += asked.isClosed ? bytes.length : 0
  }
  if (stop < asked.end) {
    sent.resets++
    socket.resetAndDestroy()
  } else {
    socket.end(asked.chunk > 0 ? '0\r\n\r\n' : '')
  }
}

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy())
  void readRequest(socket).then((request) => answer(socket, request))
})
announce(server, (): SourceReport => ({...sent}))
