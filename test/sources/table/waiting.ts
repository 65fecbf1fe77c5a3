import assert from 'node:assert/strict'
import {syntheticFile} from '../../helpers/media/synthetic'
import {film} from '../answers'
import type {Serve, SourceCase, SourceSubject} from '../case'

const pauseSeconds = 4

const pausing = (statusCode: number): Serve => {
  const serve = film(100_000)
  let first = 0
  return (exchange) => {
    first ||= Date.now()
    if (Date.now() - first < pauseSeconds * 1000 - 500) {
      exchange.response.writeHead(statusCode, {'retry-after': String(pauseSeconds)}).end()
      return
    }
    return serve(exchange)
  }
}

export const waiting: SourceSubject = {
  heading: 'Waiting',
  cases: [429, 503].map((statusCode): SourceCase => ({
    behaviour: `${statusCode} with \`Retry-After: ${pauseSeconds}\``,
    outcome: 'Not asked before; meanwhile `GET /files/{fileId}`, the console and the CLI say why the file waits and until when (`waiting: {reason, until}`)',
    serve: () => pausing(statusCode),
    file: {status: 'Downloaded', waiting: null},
    waits: ({code, reason, until}) => {
      assert.equal(code, 'RateLimitedError')
      assert.match(reason, /^(?!Expected)[^ ].*\.$/)
      assert.match(until, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    },
    stored: syntheticFile('mp4', 100_000),
    mostRequests: 4,
    isRealTime: true
  }))
}
