import assert from 'node:assert/strict'
import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'
import {rangeOf} from '../../helpers/media/answers'
import {film} from '../answers'
import type {Seen, SourceCase, SourceExchange, SourceSubject} from '../case'
import {tracks} from '../tracks'

const size = 300_000

interface Document {
  readonly text: string | Buffer
  readonly type: string
  readonly coding?: 'gzip'
  /** Whether ranges of it are honoured. */
  readonly ranges?: true
}

function* slicesOf(body: Buffer): Generator<Buffer, void> {
  for (let start = 0; start < body.length; start += 65_536) {
    yield body.subarray(start, start + 65_536)
  }
}

const send = ({request, response}: SourceExchange, body: Buffer, {type, coding, ranges}: Document): void => {
  const [start, end] = (ranges && rangeOf(request, body.length)) ?? [0, body.length]
  const isPart = end - start < body.length
  response.writeHead(isPart ? 206 : 200, {
    'content-type': type, 'content-length': end - start, ...(coding && {'content-encoding': coding}), ...(isPart && {'content-range': `bytes ${start}-${end - 1}/${body.length}`})
  })
  Readable.from(slicesOf(body.subarray(start, end))).pipe(response)
}

/** Gives a document at `/list`, other documents by their paths, and a film at all others. `BASE` in a text is where all this is. */
const documents = (list: Document, more: Readonly<Record<string, Document>> = {}): SourceCase['serve'] => () => (exchange) => {
  const {request, url} = exchange
  const document = url.pathname === '/list' ? list : more[url.pathname]
  if (document === undefined) {
    return film(size)(exchange)
  }
  const base = `http://${request.headers.host}${(request.url ?? '').slice(0, -(url.pathname + url.search).length)}`
  const body = Buffer.isBuffer(document.text) ? document.text : Buffer.from(document.text.replaceAll('BASE', base))
  send(exchange, document.coding === 'gzip' ? gzipSync(body) : body, document)
}

const rss = (...items: string[]): string =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour radio</title>${items.join('\n')}</channel></rss>`
const enclosed = (title: string, address: string): string => `<item><title>${title}</title><enclosure url="${address}" type="video/mp4"/></item>`
const atom = (links: string): string =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><id>1</id><title>Gulls</title>${links}</entry></feed>`
const group = [
  '<item><title>Gulls</title><media:group>', '<media:content url="BASE/small.mp4" height="240" bitrate="300"/>',
  '<media:content url="BASE/large.mp4" height="720" bitrate="2500"/>', '<media:content url="BASE/large.webm" height="720" bitrate="2000" type="video/webm"/>', '</media:group></item>'
].join('')

const files = ({requests}: Seen): string[] => [...new Set(requests.map(({path}) => path).filter((path) => path !== '/list'))]

/** The one file of a document arrives, at the price of the document, a look and the file. */
const arrives = (behaviour: string, document: Document, path: string, title = 'Gulls', more: Partial<SourceCase> = {}): SourceCase => ({
  behaviour,
  outcome: `The file of its one item${title === 'Gulls' ? ', under the title that stands there' : ''}`,
  path: '/list',
  serve: documents(document),
  file: {status: 'Downloaded', title, size, error: null},
  stored: {synthetic: size},
  mostRequests: 4,
  check: (seen) => assert.deepEqual(files(seen), [path]),
  ...more
})

const refused = (behaviour: string, outcome: string, message: RegExp, document: Document): SourceCase => ({
  behaviour, outcome, path: '/list', serve: documents(document), file: {status: 'Failed', error: {code: 'UnsupportedSourceError', retryable: false}}, mostRequests: 4,
  check: ({bytes}, {error}) => {
    assert.match(error?.message ?? '', message)
    // What the connection's buffers hold is sent for nothing.
    assert.ok(bytes < 16 * 1024 * 1024)
  }
})

const oneItem = rss(enclosed('Gulls', 'BASE/gulls.mp4'))
const utf16 = Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><rss version="2.0"><channel><item><title>Möwen</title><enclosure url="gulls.mp4"/></item></channel></rss>', 'utf16le')

export const feeds: SourceSubject = {
  heading: 'Feeds and lists',
  cases: [
    ...['application/rss+xml', 'text/xml', 'text/plain', 'application/octet-stream', 'text/html'].map((type) =>
      arrives(`RSS with one \`<enclosure>\`, as \`${type}\``, {text: oneItem, type}, '/gulls.mp4')),
    arrives('RSS in UTF-16 with a relative address', {text: utf16, type: 'text/xml'}, '/gulls.mp4', 'Möwen'),
    arrives('RSS that is compressed', {text: oneItem, type: 'text/xml', coding: 'gzip'}, '/gulls.mp4'),
    arrives('RSS of 12 KB from a server that honours ranges', {text: rss(`<item><title>News</title><description>${'x'.repeat(12_000)}</description></item>`, enclosed('Gulls', 'BASE/gulls.mp4')), type: 'text/xml', ranges: true},
      '/gulls.mp4', 'Gulls', {outcome: 'The file of the one item that has any: 4 KiB are looked at, then the document is read once', mostBytes: 1.1}),
    arrives('Atom with one `<link rel="enclosure">`',
      {text: atom('<link href="BASE/page"/><link rel="enclosure" href="BASE/gulls.mp4" type="video/mp4"/>'), type: 'application/atom+xml'}, '/gulls.mp4'),
    arrives('Atom with `xml:base`', {text: atom('<link rel="enclosure" href="gulls.mp4" type="video/mp4"/>').replace('<feed ', '<feed xml:base="BASE/a/" '), type: 'text/xml'}, '/a/gulls.mp4'),
    arrives('Media RSS with a group of renditions', {text: rss(group), type: 'application/rss+xml'}, '/large.mp4', 'Gulls', {outcome: 'The default rendition, else the best'}),
    arrives('Media RSS with a group of renditions, asked for as `720p` or less', {text: rss(group.replaceAll('720', '1080')), type: 'application/rss+xml'}, '/small.mp4', 'Gulls',
      {outcome: 'The best rendition that the preset allows', preset: '720p'}),
    arrives('JSON Feed with one attachment', {
      text: JSON.stringify({version: 'https://jsonfeed.org/version/1.1', title: 'Harbour', items: [{id: '1', title: 'Gulls', attachments: [{url: 'BASE/gulls.mp4', mime_type: 'video/mp4'}]}]}),
      type: 'application/feed+json'
    }, '/gulls.mp4'),
    arrives('PLS with one file', {text: '[playlist]\nFile1=BASE/gulls.mp4\nTitle1=Gulls\nLength1=-1\nNumberOfEntries=1\nVersion=2\n', type: 'audio/x-scpls'}, '/gulls.mp4'),
    arrives('M3U with one file', {text: '#EXTM3U\n#EXTINF:123,Gulls\ngulls.mp4\n', type: 'audio/x-mpegurl'}, '/gulls.mp4'),
    arrives('M3U in Latin-1', {text: Buffer.from('#EXTM3U\n#EXTINF:123,M\xf6wen\ngulls.mp4\n', 'latin1'), type: 'audio/x-mpegurl'}, '/gulls.mp4', 'Möwen'),
    arrives('M3U that is an address alone, as `text/plain`', {text: 'BASE/gulls.mp4\n', type: 'text/plain'}, '/gulls.mp4', 'gulls'),
    arrives('ASX with one entry', {text: '<ASX version="3.0"><Entry><Title>Gulls</Title><Ref HREF="BASE/gulls.mp4?a=1&b=2"/></Entry></ASX>', type: 'video/x-ms-asf'}, '/gulls.mp4?a=1&b=2'),
    arrives('XSPF with one track',
      {text: '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><title>Gulls</title><location>gulls.mp4</location></track></trackList></playlist>', type: 'application/xspf+xml'}, '/gulls.mp4'),
    arrives('WPL with one file', {text: '<?wpl version="1.0"?><smil><head><title>Harbour</title></head><body><seq><media src="gulls.mp4"/></seq></body></smil>', type: 'application/vnd.ms-wpl'}, '/gulls.mp4', 'gulls'),
    arrives('A list whose one item is another list', {text: '[playlist]\nFile1=BASE/inner.m3u\n', type: 'audio/x-scpls'}, '/gulls.mp4', 'Gulls', {
      outcome: 'The file of that one', mostRequests: 5, check: (seen) => assert.deepEqual(files(seen), ['/inner.m3u', '/gulls.mp4']),
      serve: documents({text: '[playlist]\nFile1=BASE/inner.m3u\n', type: 'audio/x-scpls'}, {'/inner.m3u': {text: '#EXTM3U\n#EXTINF:1,Gulls\ngulls.mp4\n', type: 'audio/x-mpegurl'}})
    }),
    {
      behaviour: 'A feed whose one item is an HLS playlist', outcome: 'The file that yt-dlp makes of it', path: '/list',
      serve: () => {
        const list = documents({text: rss(enclosed('Gulls', 'BASE/picture.m3u8')), type: 'text/xml'})()
        return (exchange) => (exchange.url.pathname === '/list' ? list : tracks())(exchange)
      },
      file: {status: 'Downloaded', title: 'Gulls', contentType: 'video/mp4', error: null}
    },
    refused('RSS with several items', 'Refused with a sentence that says how many: each is asked for by its own link', /a feed of 3 files/,
      {text: rss(...[1, 2, 3].map((each) => enclosed(`Episode ${each}`, `BASE/${each}.mp4`))), type: 'application/rss+xml'}),
    refused('M3U with several files', 'Refused likewise', /a list of 2 files/, {text: '#EXTM3U\n#EXTINF:1,A\na.mp3\n#EXTINF:1,B\nb.mp3\n', type: 'audio/x-mpegurl'}),
    refused('A feed without any file', 'Refused with a sentence', /a feed without a video, sound or picture/, {text: rss('<item><title>News</title></item>'), type: 'text/xml'}),
    refused('A feed of more than 4 MiB', 'Refused with a sentence, and no more of it is read', /more than 4 MiB/,
      {text: rss(`<item><title>News</title><description>${'x'.repeat(40_000_000)}</description></item>`, enclosed('Gulls', 'BASE/gulls.mp4')), type: 'text/xml'}),
    refused('A list that leads to itself', 'Refused with a sentence', /another list/, {text: '[playlist]\nFile1=BASE/list\n', type: 'audio/x-scpls'})
  ]
}
