import {film} from '../answers'
import type {SourceCase, SourceSubject} from '../case'

/** A film of which every request with a `Range` is refused. */
const rangeRefused = (status: number): SourceCase => ({
  behaviour: `Any \`Range\` is answered ${status}, a plain GET brings the file`,
  outcome: 'One plain GET decides: the file, byte for byte',
  serve: () => (exchange) => {
    if (exchange.request.headers.range !== undefined) {
      exchange.response.writeHead(status, {'content-type': 'text/plain'}).end('no ranges here')
      return
    }
    return film(6_000_000, {ranges: false})(exchange)
  },
  file: {status: 'Downloaded', size: 6_000_000, contentType: 'video/mp4'},
  stored: {synthetic: 6_000_000},
  mostRequests: 3
})

const looked = (size: number, mostRequests: number): SourceCase => ({
  behaviour: `A file of ${size.toLocaleString('en')} bytes, ranges honoured`,
  outcome: 'The first 4 KiB are asked for to see what it is, then all of it once',
  serve: () => film(size),
  file: {status: 'Downloaded', size, contentType: 'video/mp4'},
  stored: {synthetic: size},
  mostRequests
})

export const looking: SourceSubject = {
  heading: 'Looking at a file before it is fetched',
  cases: [
    looked(1_000_000, 2),
    looked(4_000_000, 2),
    looked(40_000_000, 3),
    looked(160_000_000, 40),
    rangeRefused(416),
    rangeRefused(406),
    rangeRefused(403),
    rangeRefused(400),
    rangeRefused(501)
  ]
}
