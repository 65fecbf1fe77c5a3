import assert from 'node:assert/strict'
import type {OutgoingHttpHeaders} from 'node:http'
import type {FileView} from '../../../src/types/domain'
import {film} from '../answers'
import type {Serve, SourceCase, SourceSubject} from '../case'

const size = 300_000

/** Refuses the first requests, then gives the film. */
const refusing = (statusCode: number, times: number, headers: () => OutgoingHttpHeaders): Serve => {
  const serve = film(size)
  return (exchange) => exchange.nth > times ? serve(exchange) : void exchange.response.writeHead(statusCode, {...headers(), 'content-length': 0}).end()
}

const secondsOf = ({requestedAt, completedAt}: FileView): number => (Date.parse(completedAt ?? '') - Date.parse(requestedAt)) / 1000

const inFiveMinutes = (): string => new Date(Date.now() + 300_000).toUTCString()

/** RFC 850: Sunday, 06-Nov-94 08:49:37 GMT. */
const rfc850 = (imf: string): string => {
  const [, name, date, month, year, time] = /^(\w+), (\d+) (\w+) \d\d(\d\d) (.*)$/.exec(imf) ?? []
  return `${({Tue: 'Tues', Wed: 'Wednes', Thu: 'Thurs', Sat: 'Satur'} as Record<string, string>)[name!] ?? name}day, ${date}-${month}-${year} ${time}`
}

interface Refusal {
  readonly behaviour: string
  readonly outcome: string
  readonly statusCode: number
  readonly times?: number
  readonly headers: () => OutgoingHttpHeaders
  /** Least seconds until the file is there. */
  readonly least: number
  readonly most: number
}

const refused = ({behaviour, outcome, statusCode, times = 1, headers, least, most}: Refusal): SourceCase => ({
  behaviour, outcome,
  serve: () => refusing(statusCode, times, headers),
  file: {status: 'Downloaded', size},
  stored: {synthetic: size},
  mostRequests: times + 4,
  milliseconds: 300_000,
  check: (_seen, file) => {
    assert.ok(secondsOf(file) >= least && secondsOf(file) <= most, `it takes ${secondsOf(file)} s, at least ${least} and at most ${most}`)
  }
})

const large = 136 * 1024 ** 2

/** Gives one client one connection at a time, as nginx does with `limit_conn 1`. */
const oneAtATime = (statusCode: number): Serve => {
  const serve = film(large, {rate: 40_000_000})
  let open = 0
  return async (exchange) => {
    if (open > 0) {
      exchange.response.writeHead(statusCode, {'content-length': 0}).end()
      return
    }
    open += 1
    exchange.response.once('close', () => { open -= 1 })
    await serve(exchange)
  }
}

const crowded = (statusCode: number): SourceCase => ({
  behaviour: `One connection a client, ${statusCode} for any other, without a time`,
  outcome: 'One range at a time, without waits between them; the host is remembered for a day',
  serve: () => oneAtATime(statusCode),
  file: {status: 'Downloaded', size: large},
  stored: {synthetic: large},
  check: ({requests}, file) => {
    const ranges = requests.filter(({headers: {range}}) => /\d-\d/.test(range ?? ''))
    assert.ok(ranges.length > 0, 'it is fetched by ranges')
    assert.ok(secondsOf(file) <= 120, `it takes ${secondsOf(file)} s`)
  }
})

export const limits: SourceSubject = {
  heading: 'Limits',
  cases: [
    refused({
      behaviour: '429 with `Retry-After: 120.5`', outcome: 'Waits 121 seconds, then fetches the file: any number of seconds is rounded up',
      statusCode: 429, headers: () => ({'retry-after': '120.5'}), least: 121, most: 240
    }),
    refused({
      behaviour: '503 with `Retry-After: 120.5`', outcome: 'Waits 121 seconds, then fetches the file',
      statusCode: 503, headers: () => ({'retry-after': '120.5'}), least: 121, most: 240
    }),
    refused({
      behaviour: '403 with `Retry-After: 90`', outcome: 'Waits 90 seconds, then fetches the file: a refusal that ends is a limit',
      statusCode: 403, headers: () => ({'retry-after': '90'}), least: 90, most: 210
    }),
    refused({
      behaviour: '429 with an HTTP-date in the form of RFC 850', outcome: 'Waits until then, by the clock of the server',
      statusCode: 429, headers: () => ({'retry-after': rfc850(inFiveMinutes())}), least: 299, most: 420
    }),
    refused({
      behaviour: '429 with an HTTP-date, from a server whose clock is an hour behind', outcome: 'Waits until then, by the clock of the server',
      statusCode: 429, headers: () => ({date: new Date(Date.now() - 3_600_000).toUTCString(), 'retry-after': new Date(Date.now() - 3_300_000).toUTCString()}), least: 300, most: 420
    }),
    refused({
      behaviour: '429 with a `Retry-After` that is neither a number nor an HTTP-date', outcome: 'Waits as if it said nothing: a minute, then twice as long each time',
      statusCode: 429, times: 3, headers: () => ({'retry-after': '2026-12-24'}), least: 240, most: 400
    }),
    refused({
      behaviour: '429 with `Retry-After: 0`, eight times', outcome: 'Fetches the file in the end: each wait is twice as long as the one before',
      statusCode: 429, times: 8, headers: () => ({'retry-after': '0'}), least: 100, most: 600
    }),
    crowded(429), crowded(503)
  ]
}
