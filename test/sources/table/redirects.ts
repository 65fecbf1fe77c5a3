import type {SourceCase, SourceSubject} from '../case'
import {film} from '../answers'

const size = 300_000
const whole: Pick<SourceCase, 'file' | 'stored'> = {file: {status: 'Downloaded', size, contentType: 'video/mp4'}, stored: {synthetic: size}}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1')

export const redirects: SourceSubject = {
  heading: 'Redirects, cookies and slow answers',
  cases: [
    {
      behaviour: 'A redirect to the same URL with `Set-Cookie`, and the file once the cookie comes back',
      outcome: 'The cookie is sent with the next request of the chain, as by a browser; it is in no log and no record',
      serve: () => (exchange) => {
        if (exchange.request.headers.cookie !== 'seen=1') {
          exchange.response.writeHead(302, {location: 'film.mp4', 'set-cookie': 'seen=1; HttpOnly'}).end()
          return undefined
        }
        return film(size)(exchange)
      },
      ...whole,
      mostRequests: 4,
      check: (_seen, file) => {
        if (JSON.stringify(file).includes('seen')) {
          throw new Error('Expected no cookie in what users see.')
        }
      }
    },
    {
      behaviour: 'A redirect that sets a cookie without which its target refuses, and answers that break off after 9 MiB',
      outcome: 'What is missing is asked for at the first URL, whose chain gives the cookie again; nothing comes twice',
      serve: () => (exchange) => {
        const {request, response, url} = exchange
        if (url.pathname === '/film.mp4') {
          response.writeHead(302, {location: 'kept/film.mp4', 'set-cookie': 'ticket=abc'}).end()
          return undefined
        }
        if (request.headers.cookie !== 'ticket=abc') {
          response.writeHead(403).end()
          return undefined
        }
        return film(20 * 1024 * 1024, {breakAfter: 9 * 1024 * 1024})(exchange)
      },
      file: {status: 'Downloaded', size: 20 * 1024 * 1024},
      stored: {synthetic: 20 * 1024 * 1024},
      mostBytes: 1.5
    },
    {
      behaviour: 'Fifteen redirects in a row',
      outcome: 'All are followed: 20 are the most, as in browsers',
      path: '/15/film.mp4',
      serve: () => (exchange) => {
        const left = Number(/^\/(\d+)\//.exec(exchange.url.pathname)?.[1] ?? 0)
        if (left > 0) {
          exchange.response.writeHead(302, {location: `../${left - 1}/film.mp4`}).end()
          return undefined
        }
        return film(size)(exchange)
      },
      ...whole
    },
    {
      behaviour: 'A redirect in a circle',
      outcome: 'Final: `TooManyRedirectsError`',
      serve: () => ({response}) => { response.writeHead(302, {location: 'film.mp4', 'set-cookie': 'again=1'}).end() },
      file: {status: 'Failed', error: {code: 'TooManyRedirectsError', retryable: false}},
      mostRequests: 21
    },
    {
      behaviour: 'A `Location` with raw UTF-8 and blanks, and an empty one before it',
      outcome: 'Followed, as by browsers',
      serve: () => (exchange) => {
        if (exchange.url.pathname === '/film.mp4') {
          exchange.response.writeHead(302, ['Location', '', 'Location', latin1('  grüner film.mp4 ')]).end()
          return undefined
        }
        return decodeURIComponent(exchange.url.pathname) === '/grüner film.mp4' ? film(size)(exchange) : void exchange.response.writeHead(404).end()
      },
      ...whole
    },
    {
      behaviour: 'A page with the header `Refresh: 0; url=…`',
      outcome: 'Followed like a redirect; up to 10 seconds are waited for, as the page says',
      path: '/download',
      serve: () => (exchange) => {
        if (exchange.url.pathname === '/download') {
          exchange.response.writeHead(200, {'content-type': 'text/html', refresh: '0; url=film.mp4'}).end('<!doctype html><p>Your download starts.')
          return undefined
        }
        return film(size)(exchange)
      },
      ...whole
    },
    {
      behaviour: 'A first byte that comes 32 s after the request',
      outcome: 'It is waited for, up to two minutes once the connection stands',
      serve: () => async (exchange) => {
        if (exchange.nth === 1) {
          await new Promise((resolve) => { setTimeout(resolve, 32_000) })
        }
        await film(size)(exchange)
      },
      ...whole,
      mostRequests: 3
    }
  ]
}
