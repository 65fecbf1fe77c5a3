import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import type {FileView} from '../../../src/types/domain'
import {percentile} from '../../bench/events/measure'
import {call, type Accepted} from '../../helpers/api'
import type {MediaSite} from '../../helpers/media-site'
import {syntheticBytes} from '../../helpers/media/synthetic'
import {bucketName} from '../../helpers/wiring'
import {concurrently} from '../concurrent'
import type {System} from '../system'

/** A file of the load, with bytes of its own. */
export interface Wish {
  readonly url: string
  readonly size: number
  readonly version: number
}

export interface Asked extends Wish {
  readonly fileId: string
}

/** One range of one part; every tenth file has two. */
const sizes = [8 * 1024 * 1024 + 1_000, ...Array.from({length: 9}, () => 150_000)]

export const wishesOf = (site: MediaSite, count: number): Wish[] => Array.from({length: count}, (_, version) => {
  const size = sizes[version % sizes.length]!
  return {url: site.url(`/synthetic/${size}.mp4?version=${version}`), size, version}
})

/** Calls the API, always as the same user, and writes down how long each answer took, in milliseconds. */
export interface Client {
  readonly milliseconds: readonly number[]
  /** The device that is notified of each file. */
  register: () => Promise<void>
  ask: (wish: Wish) => Promise<Asked>
  look: (asked: Asked) => Promise<FileView>
}

export const createClient = (system: System): Client => {
  const milliseconds: number[] = []
  const timed = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const began = performance.now()
    const answer = await call<T>(system, 'user', method, path, body)
    milliseconds.push(performance.now() - began)
    assert.ok(answer.status < 300, `Expected ${method} ${path} to be answered; it was refused with ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  return {
    milliseconds,
    register: () => timed('PUT', '/devices/phone', {platform: 'FCM', token: 'token-of-user'}),
    ask: async (wish) => ({...wish, fileId: (await timed<Accepted>('POST', '/files', {url: wish.url})).fileId}),
    look: ({fileId}) => timed<FileView>('GET', `/files/${fileId}`)
  }
}

/** One call after the other, ten a second at most, until `done`: what users see of a busy system. */
export const trickle = async ({ask, look}: Client, asked: readonly Asked[], done: () => boolean): Promise<void> => {
  for (let turn = 0; !done(); turn++) {
    const file = asked[turn % asked.length]
    await (file === undefined ? undefined : turn % 2 === 0 ? look(file) : ask(file))
    await sleep(100)
  }
}

/** Milliseconds of a call, the median of some, one after the other. */
export const idle = async ({look, milliseconds}: Client, asked: Asked): Promise<number> => {
  const before = milliseconds.length
  for (let turn = 0; turn < 20; turn++) {
    await look(asked)
  }
  return percentile(milliseconds.slice(before).toSorted((one, other) => one - other), 0.5)
}

const digestOf = async (bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of bytes) {
    hash.update(chunk)
  }
  return hash.digest('hex')
}

/** The files whose object has other bytes than their source. */
export const spoiled = async ({runtime}: System, keys: ReadonlyMap<string, string>, asked: readonly Asked[]): Promise<readonly string[]> => {
  const judged = await concurrently(asked, 4, async ({fileId, size, version}) => {
    const found = await digestOf(createReadStream(runtime.objectPath(bucketName(), keys.get(fileId)!)))
    return found === await digestOf(syntheticBytes('mp4', 0, size, undefined, version)) ? [] : [fileId]
  })
  return judged.flat()
}
