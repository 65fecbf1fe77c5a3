import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from '@jest/globals'
import type {Journal} from '../journal'
import {openStream} from '../stream'
import {journalOf, logged, said} from './entries'

const servers: Server[] = []
const aborts: AbortController[] = []

afterEach(async () => {
  aborts.splice(0).forEach((abort) => abort.abort())
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })))
})

const serve = async (journal: Journal): Promise<string> => {
  const server = createServer((request, response) => void openStream(journal)(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Reads messages until there are as many as wanted. */
const read = async (url: string, count: number, headers: Record<string, string> = {}): Promise<string[]> => {
  const abort = new AbortController()
  aborts.push(abort)
  const {body} = await fetch(url, {headers, signal: abort.signal})
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const messages = (): string[] => text.split('\n\n').slice(0, -1).filter((part) => /^(id|event): /.test(part))
  while (messages().length < count) {
    text += (await reader.read()).value ?? ''
  }
  return messages()
}

const idsOf = (messages: readonly string[]): number[] => messages.map((message) => Number(/^id: (\d+)$/m.exec(message)![1]))

describe('The stream', () => {
  it('continues behind the last entry that the reader has, without loss', async () => {
    const journal = journalOf(...Array.from({length: 1200}, (_, n) => said(`e-${n}`)))
    const url = await serve(journal)
    const reading = read(`${url}/?after=1`, 1300, {'last-event-id': '100'})
    const recording = setInterval(() => journal.record(said('later')), 1)
    const ids = idsOf(await reading)
    clearInterval(recording)
    expect(ids.slice(0, 1300)).toEqual(Array.from({length: 1300}, (_, n) => 101 + n))
  })

  it('tells only the types that are asked for, each as JSON', async () => {
    const journal = journalOf(said('e-1'), logged('line'), said('e-2'))
    const messages = await read(`${await serve(journal)}/?after=0&types=log`, 1)
    expect(JSON.parse(/^data: (.*)$/m.exec(messages[0]!)![1]!)).toMatchObject({id: 2, type: 'log', line: 'line', functionName: 'StartFileUpload'})
  })

  it('begins with what comes where the reader has nothing', async () => {
    const journal = journalOf(said('e-1'))
    const reading = read(await serve(journal), 1)
    const recording = setInterval(() => journal.record(said('e-2')), 5)
    expect(idsOf(await reading)[0]).toBeGreaterThanOrEqual(2)
    clearInterval(recording)
  })

  it('says reset to a reader of another journal', async () => {
    const messages = await read(`${await serve(journalOf(said('e-1')))}/?after=77`, 1)
    expect(messages[0]).toBe('event: reset\nid: 1\ndata: {}')
  })
})
