import type {Socket} from 'node:net'
import {parseRequest, type Request} from './serve'

export interface Incoming {
  /** Takes bytes of the body, in order. */
  body: (bytes: Buffer) => void
  /** The whole body is there: answers. */
  end: () => void
}

/** Bytes a second that a connection takes; 0 is as many as come. */
export interface Pace {
  rate: number
}

const wait = (socket: Socket, milliseconds: number): void => {
  socket.pause()
  setTimeout(() => socket.resume(), milliseconds)
}

/** Reads requests with a `Content-Length` off a connection, one after the other. */
export const readRequests = (socket: Socket, pace: Pace, begin: (request: Request) => Incoming): void => {
  let head: Buffer = Buffer.alloc(0)
  let left = 0
  let incoming: Incoming | undefined
  const start = (end: number): Buffer => {
    const request = parseRequest(head.toString('latin1', 0, end))
    const rest = head.subarray(end + 4)
    head = Buffer.alloc(0)
    left = Number(request.headers['content-length'] ?? 0)
    incoming = begin(request)
    if (request.headers['expect'] !== undefined) {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    }
    return rest
  }
  const take = (bytes: Buffer): void => {
    let rest = bytes
    if (incoming === undefined) {
      head = head.length === 0 ? rest : Buffer.concat([head, rest])
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) {
        return
      }
      rest = start(end)
    }
    incoming!.body(rest.subarray(0, left))
    left -= Math.min(left, rest.length)
    if (left === 0) {
      incoming!.end()
      incoming = undefined
    }
  }
  socket.on('data', (bytes) => {
    take(bytes)
    if (pace.rate > 0) {
      wait(socket, bytes.length / pace.rate * 1000)
    }
  })
}
