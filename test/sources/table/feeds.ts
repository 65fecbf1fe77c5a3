import {syntheticFile} from '../../helpers/media/synthetic'
import type {SourceCase, SourceSubject} from '../case'
import {film} from '../answers'

const size = 300_000

const feed = (base: string, items: number): string => [
  '<?xml version="1.0" encoding="UTF-8"?>', '<rss version="2.0"><channel><title>Harbour radio</title>',
  ...Array.from({length: items}, (_, index) =>
    `<item><title>Episode ${index + 1}</title><guid>${index + 1}</guid><enclosure url="${base}/episode-${index + 1}.mp4" type="video/mp4" length="${size}"/></item>`),
  '</channel></rss>'
].join('\n')

const feedOf = (items: number, contentType: string): SourceCase['serve'] => () => (exchange) => {
  const {request, response, url} = exchange
  if (url.pathname !== '/feed') {
    return film(size)(exchange)
  }
  const base = `http://${request.headers.host}${(request.url ?? '').replace(/\/feed.*$/, '')}`
  response.writeHead(200, {'content-type': contentType}).end(feed(base, items))
}

export const feeds: SourceSubject = {
  heading: 'Feeds',
  cases: [
    ...['application/rss+xml', 'text/xml'].map((contentType): SourceCase => ({
      behaviour: `RSS with one \`<enclosure>\`, as \`${contentType}\``,
      outcome: 'The file of that item: text that is no media is shown to yt-dlp before it is refused',
      path: '/feed',
      serve: feedOf(1, contentType),
      file: {status: 'Downloaded', size},
      stored: syntheticFile('mp4', size),
      mostBytes: 20
    })),
    {
      behaviour: 'RSS with several items',
      outcome: 'Refused with a sentence: each is asked for by its own link',
      path: '/feed',
      serve: feedOf(3, 'application/rss+xml'),
      file: {status: 'Failed', error: {code: 'UnsupportedSourceError'}}
    }
  ]
}
