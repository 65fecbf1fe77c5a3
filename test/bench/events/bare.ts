import {fork} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {type BenchPath, noteStarts, startPath} from './starts'

/** The same way with nothing done on it: from the client over a server to a process that asks it for the next event. */
export const startBarePath = (): Promise<BenchPath> => startPath(import.meta.filename, (folder, starts) =>
  writeFileSync(join(folder, 'function.mjs'), `${noteStarts(starts)}
import {Agent, get} from 'node:http'
import {text} from 'node:stream/consumers'
const agent = new Agent({keepAlive: true})
const next = () => get(process.argv[2], {agent}, async (response) => {
  note(await text(response))
  next()
}).once('error', () => process.exit(0))
for (let poll = 0; poll < 4; poll++) {
  next()
}
process.once('disconnect', () => process.exit(0))
`))

/** The correlation id of the one event that the client puts. */
const idOf = (body: string): string => {
  const {Entries: [entry]} = JSON.parse(body) as {Entries: [{Detail: string}]}
  return (JSON.parse(entry.Detail) as {correlationId: string}).correlationId
}

/** Hands what is put to who asks, first come, first served. */
const handOver = () => {
  const [put, asking]: [string[], ServerResponse[]] = [[], []]
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST') {
      put.push(idOf(await text(request)))
      response.end('{"FailedEntryCount":0}')
    } else {
      asking.push(response)
    }
    for (; put.length > 0 && asking.length > 0;) {
      asking.shift()!.end(put.shift())
    }
  }
}

const serve = (folder: string): void => {
  const answer = handOver()
  const server = createServer((request, response) => void answer(request, response))
  // As the runtime's: the client's connections outlive the windows in which the other way is measured.
  server.keepAliveTimeout = 65_000
  server.listen(0, '127.0.0.1', () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    fork(join(folder, 'function.mjs'), [address])
    process.send!(address)
  })
  process.once('SIGTERM', () => process.exit(0))
  process.once('disconnect', () => process.exit(1))
}

if (process.argv[1] === import.meta.filename) {
  serve(process.argv[2] ?? '')
}
