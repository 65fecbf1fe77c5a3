import type {Serve, SourceSubject} from '../case'
import {tracks} from '../tracks'

const always = tracks()

/** Any request that comes within this many milliseconds of the last one that was answered is refused. */
const limited = (milliseconds: number): Serve => {
  let answeredAt = 0
  return (exchange) => {
    if (Date.now() - answeredAt < milliseconds) {
      exchange.response.writeHead(429, {'content-length': 0}).end()
      return undefined
    }
    answeredAt = Date.now()
    return always(exchange)
  }
}

/** The pieces whose names end so are missing. */
const withHole = (end: string): Serve => (exchange) => {
  if (exchange.url.pathname.endsWith(end)) {
    exchange.response.writeHead(404, {'content-length': 0}).end()
    return undefined
  }
  return always(exchange)
}

export const pieces: SourceSubject = {
  heading: 'Media in pieces',
  cases: [
    {
      behaviour: 'An HLS host that allows one request in 700 ms', outcome: 'One request at a time, with waits that grow; what is there is not asked for again',
      serve: () => limited(700), path: '/main.m3u8', file: {status: 'Downloaded', error: null}, mostRequests: 40, isRealTime: true
    },
    {
      behaviour: 'An HLS playlist with a piece that is missing (404)', outcome: '`MediaUnavailableError` after one more look',
      serve: () => withHole('3.ts'), path: '/picture.m3u8', mostRequests: 20, isRealTime: true,
      file: {status: 'Failed', error: {code: 'MediaUnavailableError', retryable: false, message: 'The media cannot be downloaded: a piece of it is missing at its source. '
        + 'Check the link, or look for another source of it. yt-dlp says: "[download] Got error: HTTP Error 404: Not Found. Giving up after 1 retries".'}}
    }
  ]
}
