import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {connect as connectTls, createServer as createTlsServer} from 'node:tls'
import {afterEach, describe, expect, it} from '@jest/globals'
import {certificate} from '../../../../test/helpers/certificate'
import {syntheticBytes, syntheticFile} from '../../../../test/helpers/media/synthetic'
import {socketReader, type SocketReader} from '../socket-reader'

let server: Server | undefined

const kinds = ['TCP', 'TLS'] as const

interface Reading {
  readonly reader: SocketReader
  readonly socket: Socket
}

/** A reader of what `send` writes. */
const reading = async (kind: typeof kinds[number], send: (socket: Socket) => void): Promise<Reading> => {
  const serve = (socket: Socket): void => {
    socket.on('error', () => socket.destroy())
    send(socket)
  }
  server = kind === 'TCP' ? createServer(serve) : createTlsServer(certificate, serve)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const reader = socketReader()
  const options = {host: '127.0.0.1', port: (server.address() as AddressInfo).port, onread: reader.onread}
  const socket = kind === 'TCP' ? connect(options) : connectTls({...options, ca: certificate.cert, servername: 'source.test'})
  reader.watch(socket)
  return {reader, socket}
}

afterEach(async () => {
  await new Promise((resolve) => server?.close(resolve))
})

const sendAll = (size: number, most?: number) => (socket: Socket): void => {
  for (const bytes of syntheticBytes('mp4', 0, size, most)) {
    socket.write(bytes)
  }
  socket.end()
}

describe.each(kinds)('A connection over %s', (kind) => {
  it.each([['at once', 0, 65_536], ['after a while', 1, 65_536], ['in small pieces', 0, 1000]])('is read whole by who takes %s, in two buffers', async (_what, wait, most) => {
    const size = 3_000_000
    const {reader} = await reading(kind, sendAll(size, most))
    const memory = new Set<ArrayBufferLike>()
    const chunks: Buffer[] = []
    for (let chunk = await reader.next(); chunk !== undefined; chunk = await reader.next()) {
      const copy = Buffer.from(chunk)
      await (wait > 0 && sleep(wait))
      // It has stayed as it was, whatever came meanwhile.
      expect(copy.equals(chunk)).toBe(true)
      memory.add(chunk.buffer)
      chunks.push(copy)
    }
    expect(Buffer.concat(chunks).equals(syntheticFile('mp4', size))).toBe(true)
    expect(memory.size).toBeLessThanOrEqual(2)
    expect(await reader.next()).toBeUndefined()
  })

  it('waits while no one takes, and so does its sender', async () => {
    let sender: Socket | undefined
    const size = 60_000_000
    const {reader, socket} = await reading(kind, (peer) => {
      sender = peer
      sendAll(size)(peer)
    })
    const first = Buffer.from(await reader.next() ?? '')
    await sleep(300)
    expect(socket.bytesRead).toBeLessThan(1_000_000)
    expect(sender?.writableLength).toBeGreaterThan(20_000_000)
    let length = first.length
    for (let chunk = await reader.next(); chunk !== undefined; chunk = await reader.next()) {
      length += chunk.length
    }
    expect(length).toBe(size)
  })

  it('gives what came before it broke, then throws what broke it', async () => {
    const {reader, socket} = await reading(kind, (peer) => peer.write('before'))
    expect(String(await reader.next())).toBe('before')
    const waiting = reader.next()
    socket.destroy(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(reader.next()).rejects.toThrow('enough')
  })

  it('that is hung up by ourselves has not come to its end', async () => {
    const {reader, socket} = await reading(kind, (peer) => peer.write('before'))
    await reader.next()
    socket.destroy()
    await expect(reader.next()).rejects.toMatchObject({code: 'ECONNRESET'})
  })
})

it('A connection that is reset says so', async () => {
  const {reader} = await reading('TCP', (peer) => {
    peer.write('before')
    setTimeout(() => peer.resetAndDestroy(), 50)
  })
  await reader.next()
  await expect(reader.next()).rejects.toMatchObject({code: 'ECONNRESET', syscall: 'read'})
})
