import type {IncomingMessage, ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import {requestUrl} from '../../runtime/core/credential-scope'
import type {Entry} from './entry'
import type {Journal} from './journal'

const page = 500
/** A reader who is that far behind is cut off; it comes back and continues from the journal. */
const maxBytesWaiting = 8 * 1024 * 1024
const heartbeatMilliseconds = 15_000
const reconnectMilliseconds = 500

const message = (entry: Entry): string => `id: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`

/** The last id that the reader has: of its dropped connection, else of what it has loaded. */
const lastSeen = (request: IncomingMessage, journal: Journal): number => {
  const given = request.headers['last-event-id'] ?? requestUrl(request).searchParams.get('after') ?? ''
  return /^\d+$/.test(String(given)) ? Number(given) : journal.last()
}

const requestedTypes = (request: IncomingMessage): readonly string[] | undefined =>
  requestUrl(request).searchParams.get('types')?.split(',')

const drained = async (response: ServerResponse): Promise<void> => {
  while (response.writableLength > maxBytesWaiting / 8 && !response.destroyed) {
    await sleep(10)
  }
}

const follow = (journal: Journal, response: ServerResponse, types: readonly string[] | undefined): void => {
  const leave = journal.subscribe((entry) => {
    if (types === undefined || types.includes(entry.type)) {
      response.write(message(entry))
    }
    if (response.writableLength > maxBytesWaiting) {
      response.destroy()
    }
  })
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMilliseconds).unref()
  response.once('close', () => {
    leave()
    clearInterval(heartbeat)
  })
}

/** Sends what the reader missed, then what comes; nothing is recorded between the last look and the first of these. */
const catchUp = async (journal: Journal, response: ServerResponse, after: number, types: readonly string[] | undefined): Promise<void> => {
  let seen = after
  while (!response.destroyed) {
    const entries = journal.select({after: seen, limit: page, ascending: true, ...(types !== undefined && {type: types})})
    if (entries.length === 0) {
      follow(journal, response, types)
      return
    }
    entries.forEach((entry) => response.write(message(entry)))
    seen = entries.at(-1)!.id
    await drained(response)
  }
}

/**
 * Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html
 * An event `reset` says that entries which the reader has not seen are gone: it should load everything again.
 */
export const openStream = (journal: Journal) => async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const types = requestedTypes(request)
  const after = lastSeen(request, journal)
  const isLost = after > journal.last() || after < journal.lostUpTo(types)
  response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-store'})
  response.write(`retry: ${reconnectMilliseconds}\n\n${isLost ? `event: reset\nid: ${journal.last()}\ndata: {}\n\n` : ''}`)
  await catchUp(journal, response, isLost ? journal.last() : after, types)
}
