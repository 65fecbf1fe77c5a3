import type {IncomingHttpHeaders} from 'node:http'
import {NamedError} from '../../util/errors'
import type {Exchange} from './exchange'
import {connectionError, isOrderlyEnd} from './failures'

export interface BodyOptions {
  readonly host: string
  /** Longest wait for the first bytes. */
  readonly answerMilliseconds: number
  /** Longest silence after them. */
  readonly stallMilliseconds: number
  readonly signal?: AbortSignal
}

/** Below this a source that drips is as good as silent: 1 KiB in a whole stall time. */
const leastBytes = 1024

/** Bytes that the headers announce, or undefined. */
export const announcedLength = ({headers}: {readonly headers: IncomingHttpHeaders}): number | undefined => {
  const length = headers['content-length']
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

/** Time counts only while we wait for the source: a slow sink is not the source's fault. */
const watchdog = ({host, answerMilliseconds, stallMilliseconds}: BodyOptions, onStall: (error: NamedError) => void) => {
  let allowed = answerMilliseconds
  let [waiting, since, waited, bytes] = [false, 0, 0, 0]
  const stalled = (): void => onStall(new NamedError('SourceStalledError',
    `${host} stopped sending: less than ${leastBytes} bytes arrived in ${allowed / 1000} s. Try again later.`))
  const watch = (): NodeJS.Timeout => setTimeout(() => waiting && stalled(), allowed)
  let timer = watch()
  const begun = (): void => {
    clearTimeout(timer)
    allowed = stallMilliseconds
    timer = watch()
  }
  return {
    wait: (): void => {
      waiting = true
      since = performance.now()
      timer.refresh()
    },
    take: (count: number): void => {
      waiting = false
      waited += performance.now() - since
      bytes += count
      if (bytes >= leastBytes) {
        waited = bytes = 0
      } else if (waited >= allowed) {
        stalled()
      }
      if (allowed !== stallMilliseconds) {
        waited = 0
        begun()
      }
    },
    end: (): void => clearTimeout(timer)
  }
}

const brokenBody = (error: unknown, answer: Exchange, received: number, {host}: BodyOptions): NamedError => {
  const announced = announcedLength(answer)
  if (announced !== undefined && isOrderlyEnd(error)) {
    return new NamedError('TruncatedBodyError',
      `${host} announced ${announced} bytes; it sent ${received} and closed the connection. Try again later.`, {cause: error})
  }
  return connectionError(error, host)
}

/**
 * The bytes of an answer, as fast as they are taken; each chunk is valid until the next one is asked for. Ends only when the whole body
 * came. Throws TruncatedBodyError (less than announced), SourceStalledError, TransientSourceError (connection broken),
 * UnsupportedSourceError (no HTTP) or the signal's reason.
 */
export async function* readBody(answer: Exchange, options: BodyOptions): AsyncGenerator<Buffer, void, undefined> {
  let received = 0
  const dog = watchdog(options, answer.destroy)
  try {
    dog.wait()
    for (let chunk = await answer.next(); chunk !== undefined; chunk = await answer.next()) {
      dog.take(chunk.length)
      received += chunk.length
      yield chunk
      dog.wait()
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw brokenBody(error, answer, received, options)
  } finally {
    dog.end()
    answer.destroy()
  }
}
