import assert from 'node:assert/strict'
import {setTimeout as sleep} from 'node:timers/promises'
import {film} from '../answers'
import type {Seen, Serve, SourceCase, SourceExchange, SourceSubject} from '../case'

const large = 136 * 1024 ** 2
const small = 300_000

/** How a server turns a request away: by a status, or by closing the connection without an answer (nginx's 444). */
const turnAway = ({response}: SourceExchange, status: number): void => {
  if (status === 444) {
    response.socket?.end()
  } else {
    response.writeHead(status, {'content-length': 0}).end()
  }
}

/** Gives one client a number of connections at a time, as nginx does with `limit_conn`. */
const crowded = (most: number, status: number): Serve => {
  const serve = film(large, {rate: 40_000_000})
  let open = 0
  return async (exchange) => {
    if (open >= most) {
      turnAway(exchange, status)
      return
    }
    open += 1
    exchange.response.once('close', () => { open -= 1 })
    await serve(exchange)
  }
}

const apartMilliseconds = 6_000

/** Takes one request in six seconds, as nginx does with `limit_req`: what comes too early is refused, and does not count. */
const paced = (status: number, refusals: number[]): Serve => {
  const serve = film(small)
  let last = -Infinity
  return (exchange) => {
    if (performance.now() - last < apartMilliseconds) {
      refusals.push(exchange.nth)
      return turnAway(exchange, status)
    }
    last = performance.now()
    return serve(exchange)
  }
}

const isRange = ({headers: {range}}: Seen['requests'][number]): boolean => /\d-\d/.test(range ?? '')

/** Two looks, three ranges, and for each of the two that came too early at most one request without success and one that met the other. */
const mostRequests = 9

const crowd = (behaviour: string, most: number, status: number): SourceCase => ({
  behaviour, outcome: 'Workers wait for their turn: one range at a time, and hardly a wasted request',
  serve: () => crowded(most, status),
  file: {status: 'Downloaded', size: large}, stored: {synthetic: large}, mostRequests,
  check: ({requests}) => assert.ok(requests.some(isRange), 'it is fetched by ranges')
})

const pace = (status: number): SourceCase => {
  const refusals: number[] = []
  return {
    behaviour: `One request in six seconds, ${status} for what comes earlier, without a time`,
    outcome: 'Asked again after a moment, as all was well just before; the pace is remembered',
    serve: () => paced(status, refusals),
    file: {status: 'Downloaded', size: small}, stored: {synthetic: small}, mostBytes: 1.4, isRealTime: true,
    check: (_seen, {requestedAt, completedAt}) => {
      const seconds = (Date.parse(completedAt ?? '') - Date.parse(requestedAt)) / 1000
      assert.ok(seconds < 40, `it takes ${seconds} s`)
      assert.ok(refusals.length <= 3, `${refusals.length} requests come too early`)
    }
  }
}

interface Filling {
  fetches: number
}

/** A cache that shows no header and fetches the whole file for each request until it has it, as nginx does with `proxy_cache` alone. */
const filling = (state: Filling): Serve => {
  const rate = 12_000_000
  let filledAt = Infinity
  return async (exchange) => {
    const serve = performance.now() < filledAt ? film(large, {rate}) : film(large)
    if (performance.now() < filledAt) {
      state.fetches += 1
      filledAt = Math.min(filledAt, performance.now() + large / rate * 1_000)
      // What was asked for comes once all before it has come.
      const start = Number(/^bytes=(\d+)-/.exec(exchange.request.headers.range ?? '')?.[1] ?? 0)
      await sleep(start / rate * 1_000)
    }
    await serve(exchange)
  }
}

const unseenCache = (): SourceCase => {
  const state: Filling = {fetches: 0}
  return {
    behaviour: 'A cache without a telling header, which fetches the whole file for each request until it has it',
    outcome: 'The last byte is waited for before ranges are asked for: by then the cache has it all',
    serve: () => filling(state),
    file: {status: 'Downloaded', size: large}, stored: {synthetic: large}, isRealTime: true,
    check: () => assert.ok(state.fetches <= 3, `the cache fetches it ${state.fetches} times`)
  }
}

export const crowds: SourceSubject = {
  heading: 'Crowds',
  cases: [
    crowd('One connection a client; any other is closed without an answer', 1, 444),
    crowd('One connection a client, 503 for any other', 1, 503),
    crowd('Two connections a client, 503 for any other', 2, 503),
    pace(429), pace(503), unseenCache()
  ]
}
