import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import type {ListedFile, Listing} from '../../../types/listing'
import {type Called, mayBeListing} from '../listing-format'
import {readListing} from '../read-listing'

const at = new URL('https://cast.example/feeds/harbour.xml')

const read = (text: string | Buffer, called: Called = {}): Listing | undefined => readListing(Buffer.from(text), called, at)
/** Titles and addresses of all files. */
const listed = (text: string | Buffer, called?: Called): unknown =>
  read(text, called)?.items.map(({title, files}) => [title, ...files.flatMap(({addresses}) => addresses)])
const filesOf = (text: string): ListedFile[] | undefined => read(text)?.items.flatMap(({files}) => files)

const rss = (items: string, channel = '', attributes = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:podcast="https://podcastindex.org/namespace/1.0" ${attributes}><channel><title>C</title>${channel}${items}</channel></rss>`
const atom = (entries: string, attributes = ''): string => `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>C</title><id>c</id>${entries}</feed>`
const item = (inside: string): string => `<item><title>Gulls</title>${inside}</item>`
const enclosure = (url: string): string => `<enclosure url="${url}" type="audio/mpeg" length="5"/>`

describe('a feed', () => {
  it.each<[string, string, unknown]>([
    ['RSS', rss(item(enclosure('https://a.example/1.mp3?a=1&amp;b=2'))), [['Gulls', 'https://a.example/1.mp3?a=1&b=2']]],
    ['RSS with a bare ampersand', rss(item(enclosure('https://a.example/1.mp3?a=1&b=2'))), [['Gulls', 'https://a.example/1.mp3?a=1&b=2']]],
    ['RSS with several enclosures', rss(item(enclosure('https://a.example/1.mp3') + enclosure('https://a.example/1.ogg'))), [['Gulls', 'https://a.example/1.mp3', 'https://a.example/1.ogg']]],
    ['RSS with a title in CDATA that is escaped once more', rss(`<item><title><![CDATA[Gulls &amp; terns]]></title>${enclosure('https://a.example/1.mp3')}</item>`), [['Gulls & terns', 'https://a.example/1.mp3']]],
    ['RSS whose links are of Atom', rss(item('<atom:link rel="enclosure" href="https://a.example/1.mp3"/>'), '', 'xmlns:atom="http://www.w3.org/2005/Atom"'), [['Gulls', 'https://a.example/1.mp3']]],
    ['RSS behind comments and a document type', `<!-- made by hand -->\n<!DOCTYPE rss [<!ENTITY x "y">]>\n${rss(item(enclosure('https://a.example/1.mp3'))).replace(/^<\?.*?\?>/, '')}`, [['Gulls', 'https://a.example/1.mp3']]],
    ['Atom', atom('<entry><id>1</id><title type="html">&lt;b&gt;Gulls&lt;/b&gt; &amp;amp; terns</title><link href="p"/><link rel="enclosure" href="1.mp3"/></entry>'), [['Gulls & terns', 'https://cast.example/feeds/1.mp3']]],
    ['Atom under a prefix', '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:title>Gulls</a:title><a:link rel="enclosure" href="/1.mp3"/></a:entry></a:feed>', [['Gulls', 'https://cast.example/1.mp3']]],
    ['Atom whose content lies elsewhere', atom('<entry><id>1</id><title>Gulls</title><content type="video/mp4" src="1.mp4"/></entry>'), [['Gulls', 'https://cast.example/feeds/1.mp4']]],
    ['Media RSS without a group', rss(item('<media:content url="https://a.example/1.mp4" type="video/mp4"/>')), [['Gulls', 'https://a.example/1.mp4']]],
    ['JSON Feed', JSON.stringify({version: 'https://jsonfeed.org/version/1', title: 'C', items: [{id: '1', title: 'Gulls', attachments: [{url: '1.mp3', mime_type: 'audio/mpeg'}]}]}), [['Gulls', 'https://cast.example/feeds/1.mp3']]],
    ['RSS 1.0 without media', '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>C</title></channel><item rdf:about="x"><title>Gulls</title><link>/p</link></item></rdf:RDF>', [['Gulls']]]
  ])('is read: %s', (_what, text, expected) => {
    expect(listed(text)).toEqual(expected)
  })

  it.each<[string, string, string[]]>([
    ['the page, and after it the feed, if nothing says so', rss(item(enclosure('1.mp3')), '<link>https://radio.example/shows/</link>'), ['https://radio.example/shows/1.mp3', 'https://cast.example/feeds/1.mp3']],
    ['the feed, if it names no page', rss(item(enclosure('1.mp3'))), ['https://cast.example/feeds/1.mp3']],
    ['xml:base', rss(item(enclosure('1.mp3')), '<link>https://radio.example/</link>', 'xml:base="https://media.example/a/"'), ['https://media.example/a/1.mp3']],
    ['xml:base of the entry within that of the feed', atom('<entry xml:base="b/"><id>1</id><title>Gulls</title><link rel="enclosure" href="1.mp3"/></entry>', 'xml:base="/a/"'), ['https://cast.example/a/b/1.mp3']],
    ['the feed alone in Atom, whatever its page', atom('<link href="https://radio.example/"/><entry><id>1</id><title>Gulls</title><link rel="enclosure" href="1.mp3"/></entry>'), ['https://cast.example/feeds/1.mp3']]
  ])('resolves a relative address by %s', (_what, text, addresses) => {
    expect(filesOf(text)?.map((file) => file.addresses)).toEqual([addresses])
  })

  it('knows renditions, by Media RSS, Podcasting 2.0 and JSON Feed', () => {
    expect(filesOf(rss(item('<media:group><media:content url="https://a.example/1.mp4" height="720" bitrate="2500" isDefault="true" fileSize="9" medium="video" type="video/mp4"/></media:group>')))).toEqual([
      {addresses: ['https://a.example/1.mp4'], type: 'video/mp4', medium: 'video', isDefault: true, height: 720, bitrate: 2500, size: 9, isRendition: true}
    ])
    expect(filesOf(rss(item(enclosure('https://a.example/1.mp3') + '<podcast:alternateEnclosure type="video/mp4" bitrate="500000" height="360"><podcast:source uri="ipfs://x"/><podcast:source uri="https://a.example/1.mp4"/></podcast:alternateEnclosure>')))).toEqual([
      expect.objectContaining({addresses: ['https://a.example/1.mp3'], isRendition: true, isDefault: true}), expect.objectContaining({addresses: ['https://a.example/1.mp4'], bitrate: 500, height: 360, isRendition: true})
    ])
    const attachments = [['1.mp3', 'Sound'], ['1.ogg', 'Sound'], ['1.pdf', 'Notes']].map(([url, title]) => ({url, title, mime_type: 'audio/mpeg'}))
    expect(filesOf(JSON.stringify({version: 'https://jsonfeed.org/version/1.1', title: 'C', items: [{id: '1', attachments}]}))?.map(({isRendition}) => isRendition)).toEqual([true, true, false])
  })
})

const asx = '<ASX VERSION="3.0"><Base HREF="https://media.example/"/><ENTRY><Title>Gulls &amp; terns</Title><REF href="1.wma?a=1&b=2"/><Ref href="https://b.example/1.wma"/></ENTRY></ASX>'
const xspf = '<playlist version="1" xmlns="http://xspf.org/ns/0/"><title>C</title><trackList><track><location>1.ogg</location><location>1.mp3</location><title>Gulls</title></track></trackList></playlist>'

describe('a list for players', () => {
  it.each<[string, string, Called, unknown]>([
    ['PLS', '[Playlist]\r\nfile1=https://a.example/1.mp3\r\nTitle1=Gulls\r\nFile2 = 2.mp3\r\nNumberOfEntries=2\r\n', {}, [['Gulls', 'https://a.example/1.mp3'], [undefined, 'https://cast.example/feeds/2.mp3']]],
    ['references of Windows Media', '[Reference]\r\nRef1=http://a.example/1.asf?MSWMExt=.asf\r\nRef2=http://b.example:80/1.asf\r\n', {}, [[undefined, 'http://a.example/1.asf?MSWMExt=.asf', 'http://b.example/1.asf']]],
    ['M3U', '#EXTM3U\n#PLAYLIST:C\n#EXTINF:12 tvg-id="a,b" group-title="c",Gulls, terns\nhttps://a.example/1.mp3\n', {}, [['Gulls, terns', 'https://a.example/1.mp3']]],
    ['M3U of paths, by its type', 'sub/1.mp3\r\n\r\n# a remark\r\n2.mp3', {contentType: 'audio/x-mpegurl'}, [[undefined, 'https://cast.example/feeds/sub/1.mp3'], [undefined, 'https://cast.example/feeds/2.mp3']]],
    ['M3U of paths, by its name', '1.mp3', {contentType: 'text/plain', name: 'one.m3u'}, [[undefined, 'https://cast.example/feeds/1.mp3']]],
    ['addresses alone', 'https://a.example/1.mp3\n', {contentType: 'text/uri-list'}, [[undefined, 'https://a.example/1.mp3']]],
    ['M3U called as HLS is, without its tags', '#EXTM3U\n#EXTINF:-1,Radio\nhttps://a.example/live.m3u8\n', {contentType: 'application/vnd.apple.mpegurl', name: 'a.m3u8'}, [['Radio', 'https://a.example/live.m3u8']]],
    ['ASX in any case', asx, {contentType: 'video/x-ms-asf'}, [['Gulls & terns', 'https://media.example/1.wma?a=1&b=2', 'https://cast.example/feeds/1.wma?a=1&b=2', 'https://b.example/1.wma']]],
    ['ASX that names another', '<asx version="3"><entryref href="other.asx"/></asx>', {}, [[undefined, 'https://cast.example/feeds/other.asx']]],
    ['XSPF', xspf, {contentType: 'text/html'}, [['Gulls', 'https://cast.example/feeds/1.ogg', 'https://cast.example/feeds/1.mp3']]],
    ['XSPF with xml:base', xspf.replace('<playlist', '<playlist xml:base="https://media.example/"').replace('<location>1.mp3</location>', ''), {}, [['Gulls', 'https://media.example/1.ogg']]],
    ['WPL', '<?wpl version="1.0"?><smil><body><seq><media src="1.mp3"/><seq><media src="2.mp3"/></seq></seq></body></smil>', {}, [[undefined, 'https://cast.example/feeds/1.mp3'], [undefined, 'https://cast.example/feeds/2.mp3']]],
    ['WPL by its name', '<smil><body><seq><media src="1.mp3"/></seq></body></smil>', {name: 'a.wpl'}, [[undefined, 'https://cast.example/feeds/1.mp3']]]
  ])('is read: %s', (_what, text, called, expected) => {
    expect(mayBeListing(Buffer.from(text).subarray(0, 4096), called)).toBe(true)
    expect(listed(text, called)).toEqual(expected)
  })

  it('is known by its beginning, wherever that ends', () => {
    const long = `#EXTM3U\n${'#EXTINF:1,Gulls\nhttps://a.example/1.mp3\n'.repeat(200)}`
    const addresses = 'https://a.example/0123456789.mp3\n'.repeat(200)
    const one = rss(item(enclosure('https://a.example/1.mp3')), `<description>${'x'.repeat(9000)}</description>`)
    for (const text of [long, addresses, one]) {
      const ends = [4090, 4091, 4092, 4093, 4096].map((count) => mayBeListing(Buffer.from(text).subarray(0, count), {}))
      expect(ends).toEqual([true, true, true, true, true])
    }
  })
})

describe('what is no list', () => {
  it.each<[string, string, Called]>([
    ['a playlist of HLS', '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n1.ts\n#EXT-X-ENDLIST\n', {}],
    ['variants of HLS', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttps://a.example/1.m3u8\n', {}],
    ['HLS with Windows line ends', '#EXTM3U\r\n#EXT-X-VERSION:3\r\n#EXTINF:4,\r\nhttps://a.example/1.ts\r\n', {}],
    ['pieces of a stream without any tag of HLS', '#EXTM3U\n#EXTINF:4,\n1.ts\n#EXTINF:4,\n2.ts\n', {name: 'a.m3u8'}],
    ['DASH', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>', {contentType: 'application/dash+xml'}],
    ['SMIL', '<smil><body><video src="1.mp4"/></body></smil>', {contentType: 'application/smil'}],
    ['a page', '<!doctype html><html><body><a href="https://a.example/1.mp3">1</a></body></html>', {contentType: 'text/html'}],
    ['a page that quotes a feed', '<!doctype html><html><body><pre><rss version="2.0"></pre></body></html>', {}],
    ['a text', 'Gulls are birds.\nhttps://a.example/1.mp3\n', {contentType: 'text/plain'}],
    ['JSON', '{"items": [{"attachments": [{"url": "https://a.example/1.mp3"}]}]}', {contentType: 'application/json'}],
    ['XML of another kind', '<urlset><url><loc>https://a.example/1.mp3</loc></url></urlset>', {contentType: 'text/xml'}],
    ['nothing', '', {}]
  ])('%s', (_what, text, called) => {
    expect(listed(text, called)).toBeUndefined()
  })

  it('is told by the whole document, if its beginning does not', () => {
    const text = `#EXTM3U\n${'#EXTINF:4,\nhttps://a.example/1.mp4\n'.repeat(200)}#EXT-X-ENDLIST\n`
    expect([mayBeListing(Buffer.from(text).subarray(0, 4096), {}), listed(text)]).toEqual([true, undefined])
  })
})

describe('hostile input', () => {
  const parts = ['<rss version="2.0"><channel>', '<item>', '</item>', '<enclosure url="', '"/>', '<feed xmlns="http://www.w3.org/2005/Atom"><entry>', '<asx>', '<entry>', '<ref href="a"/>', '<playlist>', '<track>', '[playlist]\nFile1=',
    '{"version":"https://jsonfeed.org/version/1","items":[', '{}', ']}', '#EXTM3U\n', '\n', '<![CDATA[', ']]>', '&#x0;', '&amp;', '<!--', '\0', '\ufeff']

  it('ends in a list or in none', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({maxLength: 8})), {maxLength: 30}), (pieces) => {
      const listing = read(pieces.join(''))
      expect(listing === undefined || Array.isArray(listing.items)).toBe(true)
    }))
  })

  it.each([
    ['deep', `<rss version="2.0"><channel>${'<a>'.repeat(300_000)}`], ['entities', `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1000)}">]><rss version="2.0"><channel><item><title>${'&a;'.repeat(300_000)}</title></item></channel></rss>`],
    ['an endless comment', `<!--${'-'.repeat(4_000_000)}`], ['many document types', '<!DOCTYPE x '.repeat(300_000)], ['blanks', `<rss${' '.repeat(4_000_000)}`], ['a line of quotes', `#EXTM3U\n#EXTINF:${'"'.repeat(2_000_000)}\na.mp3`], ['declarations', '<?a?>'.repeat(800_000)]
  ])('of 4 MB is read within seconds of the processor: %s', (_what, text) => {
    const begun = process.cpuUsage()
    read(text)
    mayBeListing(Buffer.from(text).subarray(0, 4096), {})
    expect(process.cpuUsage(begun).user).toBeLessThan(8_000_000)
  })
})
