import {get} from 'node:http'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {FileView} from '../../../src/types/domain'
import {type Accepted, call, settledFile} from '../../helpers/api'
import type {System} from '../../helpers/system'
import {type Logged, logged, type Placed} from './nginx'

export interface Measured {
  readonly name: string
  readonly what: string
  readonly seconds: number
  /** Seconds of one stream. */
  readonly stream: number
  /** Seconds between the first range of a file and the end of the last one in which the server had no request of ours. */
  readonly idle: number
  readonly requests: number
  readonly refused: number
  /** Bytes that the server, or a cache's origin, sent: as a multiple of what was fetched. */
  readonly sent: number
  readonly target: string
  readonly isMet: boolean
}

/** Seconds that one plain GET of the film takes. */
const oneStream = (url: string): Promise<number> => new Promise((resolve, reject) => {
  const began = performance.now()
  get(url, {agent: false}, (answer) => {
    answer.resume().once('end', () => resolve((performance.now() - began) / 1000)).once('error', reject)
    if (answer.statusCode !== 200) {
      reject(new Error(`Expected ${url} to give the film; it answers ${answer.statusCode}.`))
    }
  }).once('error', reject)
})

const ready = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries++) {
    const isThere = await fetch(url, {method: 'HEAD'}).then(() => true, () => false)
    if (isThere) {
      return
    }
    await sleep(100)
  }
}

const fetched = async (system: System, url: string): Promise<FileView> => {
  const {body: {fileId}} = await call<Accepted>(system, 'ann', 'POST', '/files', {url})
  const file = await settledFile(system, 'ann', fileId, 3_600_000)
  if (file.status !== 'Downloaded') {
    throw new Error(`${file.error?.code}: ${file.error?.message}`)
  }
  return file
}

const longAnswer = 1024 ** 2

/** Looks at files come first, and are not meant. */
const idleOf = (requests: readonly Logged[]): number => {
  const long = requests.filter(({bytes}) => bytes > longAnswer)
  const spans = long.map(({at, took}) => [at - took, at] as const).toSorted(([left], [right]) => left - right)
  let [idle, end] = [0, spans[0]?.[0] ?? 0]
  for (const [from, to] of spans) {
    idle += Math.max(0, from - end)
    end = Math.max(end, to)
  }
  return idle
}

interface Round {
  readonly what: string
  readonly films: readonly string[]
  /** Times the stream. */
  readonly most: number
}

const rounds: readonly Round[] = [
  {what: 'first', films: ['a'], most: 1.3}, {what: 'second', films: ['b'], most: 1.3}, {what: 'two at once', films: ['c', 'd'], most: 2.6}
]

const settleMilliseconds = 1_500

interface Measure {
  /** Seconds of one stream, and bytes of the film. */
  readonly stream: number
  readonly size: number
}

const runRound = async (system: System, {served, places}: Placed, {what, films, most}: Round, {stream, size}: Measure): Promise<Measured> => {
  const isCache = served.kind === 'cache'
  const log = join(places.folder, isCache ? 'origin.log' : 'front.log')
  const before = logged(log).length
  const began = performance.now()
  await Promise.all(films.map((film) => fetched(system, `http://${places.address}:${places.port}/${film}.mp4`)))
  const seconds = (performance.now() - began) / 1000
  await sleep(settleMilliseconds)
  const requests = logged(log, before)
  const sent = requests.reduce((sum, {bytes}) => sum + bytes, 0) / size / films.length
  const refused = requests.filter(({status}) => status >= 400).length
  const isMet = isCache ? sent <= 1.2 : seconds <= most * stream && (what !== 'second' || refused === 0)
  const target = isCache ? 'sent ≤ 1.2' : `≤ ${(most * stream).toFixed(1)} s`
  return {name: served.name, what, seconds, stream, idle: idleOf(requests), requests: requests.length, refused, sent, target, isMet}
}

/** Measures a case: a first file, and of limits a second one and two at once as well. */
export const measure = async (system: System, placed: Placed, size: number, say: (line: Measured) => void): Promise<Measured[]> => {
  const {served, places} = placed
  const isCache = served.kind === 'cache'
  const url = `http://${places.address}:${places.port}`
  await ready(`${url}/none`)
  await sleep(settleMilliseconds)
  const stream = isCache ? size / places.rate / 1024 ** 2 : await oneStream(`${url}/stream.mp4`)
  await sleep(settleMilliseconds)
  const measured: Measured[] = []
  for (const round of rounds.slice(0, isCache ? 1 : rounds.length)) {
    const line = await runRound(system, placed, round, {stream, size})
    say(line)
    measured.push(line)
  }
  return measured
}
