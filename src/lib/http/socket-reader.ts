import type {OnReadOpts, Socket} from 'node:net'
import {endedEarly} from './failures'

/** Two of these are all that a connection's bytes ever take. */
const bufferBytes = 256 * 1024
/** TLS continues handing over what it has decrypted after a request to stop: one read of the connection (64 KiB) and a record (16 KiB). */
const reserveBytes = 96 * 1024
const softEnd = bufferBytes - reserveBytes

/** The bytes of a connection, read into the same memory again and again. */
export interface SocketReader {
  /** For `connect`. */
  readonly onread: OnReadOpts
  /** To be called before anything arrives. */
  watch: (socket: Socket) => void
  /**
   * What has come since, at least one byte; it stays as it is until the next call. Undefined at the end. Throws what broke the connection.
   */
  next: () => Promise<Buffer | undefined>
}

interface Half {
  readonly bytes: Buffer
  taken: number
  filled: number
}

/**
 * While one half is with the taker, the other is filled; with both full the socket waits, and so does its sender. Node decides after each
 * read where the next one goes, hence the part of each half that is kept for the read after a pause.
 */
const createHalves = () => {
  const half = (): Half => ({bytes: Buffer.allocUnsafeSlow(bufferBytes), taken: 0, filled: 0})
  const [one, two] = [half(), half()]
  let filling = one
  let lent: Half | undefined
  const other = (): Half => filling === one ? two : one
  const isFree = (half: Half): boolean => half.taken === half.filled && half !== lent
  const hasRoom = (): boolean => filling.filled < softEnd || isFree(other())
  return {
    hasRoom,
    fill: (count: number): void => { filling.filled += count },
    /** Where the next read goes. */
    window: (): Buffer => {
      if (filling.filled >= softEnd && isFree(other())) {
        filling = Object.assign(other(), {taken: 0, filled: 0})
      }
      return filling.bytes.subarray(filling.filled, filling.filled < softEnd ? softEnd : bufferBytes)
    },
    giveBack: (): void => { lent = undefined },
    take: (): Buffer | undefined => {
      const half = [other(), filling].find(({taken, filled}) => taken < filled)
      if (half === undefined) {
        return undefined
      }
      const chunk = half.bytes.subarray(half.taken, half.filled)
      half.taken = half.filled
      lent = half
      return chunk
    }
  }
}

/** A reader for one connection. A stream's own chunks would be 64 KiB of garbage each, tens of MiB before it is collected. */
export const socketReader = (): SocketReader => {
  const halves = createHalves()
  let socket: Socket | undefined
  let [paused, ended] = [false, false]
  let failure: unknown
  let wake: () => void = () => undefined
  const take = (count: number): boolean => {
    halves.fill(count)
    wake()
    paused = !halves.hasRoom()
    return !paused
  }
  const resume = (): void => {
    if (paused && halves.hasRoom()) {
      paused = false
      socket?.resume()
    }
  }
  const end = (why?: unknown): void => {
    failure ??= why
    ended = true
    wake()
  }
  const next = async (): Promise<Buffer | undefined> => {
    halves.giveBack()
    for (;;) {
      const chunk = halves.take()
      resume()
      if (chunk !== undefined || (ended && failure === undefined)) {
        return chunk
      }
      if (ended) {
        throw failure
      }
      await new Promise<void>((resolve) => { wake = resolve })
    }
  }
  const watch = (connected: Socket): void => {
    socket = connected
    socket.once('end', () => end())
    socket.on('error', end)
    socket.once('close', () => end(ended ? undefined : endedEarly()))
  }
  return {onread: {buffer: halves.window, callback: take}, watch, next}
}
