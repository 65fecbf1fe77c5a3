import {type FeedFormat, readFeed} from '../../lib/vendor/Feed'
import {readXmlList, type XmlListFormat} from '../../lib/vendor/XmlList'
import type {Listing} from '../../types/listing'
import {documentText} from './document-text'
import {readM3u, readPls, readReferences} from './text-lists'

/** What a document is called, by its header `Content-Type` and its name. */
export interface Called {
  readonly contentType?: string | undefined
  readonly name?: string | undefined
}

type Format = FeedFormat | XmlListFormat | 'pls' | 'references' | 'm3u'

/** The first element behind declarations, comments and a document type, with its prefix. */
const root = /^(?:\s|<\?[^>]*>|<!--.*?-->|<!doctype\s[^>[]*(?:\[[^\]]*\]\s*)?>)*<([\w.:-]+)/is

const ofRoot: Readonly<Record<string, Format>> = {rss: 'rss', feed: 'atom', rdf: 'rdf', asx: 'asx', playlist: 'xspf'}

/** SMIL is for yt-dlp, but for the lists of Windows Media Player. */
const isWpl = (text: string, {contentType = '', name = ''}: Called): boolean =>
  /<\?wpl\b/i.test(text) || /ms-wpl/i.test(contentType) || /\.wpl$/i.test(name)

const isCalledM3u = ({contentType = '', name = ''}: Called): boolean => /mpegurl/i.test(contentType) || /\.m3u8?$/i.test(name)

const markupFormat = (text: string, called: Called): Format | undefined => {
  const name = root.exec(text)?.[1]?.toLowerCase().replace(/^.*:/, '') ?? ''
  return name === 'smil' && isWpl(text, called) ? 'wpl' : Object.hasOwn(ofRoot, name) ? ofRoot[name] : undefined
}

const isJsonFeed = (text: string, {contentType = ''}: Called): boolean =>
  /jsonfeed\.org\\?\/version/.test(text) || /\bfeed\+json/i.test(contentType)

/** What a document may be, by its beginning. */
const detectFormat = (beginning: string, called: Called): Format | undefined => {
  const text = beginning.replace(/^\ufeff/, '').trimStart()
  if (text.startsWith('<')) {
    return markupFormat(text, called)
  }
  if (text.startsWith('{')) {
    return isJsonFeed(text, called) || text.includes('"items"') ? 'json' : undefined
  }
  const [, section] = /^\[(playlist|reference)\]/i.exec(text) ?? []
  if (section !== undefined) {
    return section.toLowerCase() === 'playlist' ? 'pls' : 'references'
  }
  return readM3u(text, new URL('http://localhost/'), isCalledM3u(called)) === undefined ? undefined : 'm3u'
}

/** Whether a document may be a feed or a list, by its first bytes, so that reading all of it is worth while. The last line may be cut. */
export const mayBeListing = (head: Uint8Array, called: Called): boolean => {
  const text = documentText(head, called.contentType, true)
  return [text, text.replace(/[\r\n][^\r\n]*$/, '')].some((beginning) => detectFormat(beginning, called) !== undefined)
}

/** The files that a document lists, which lies at `at`; undefined if it is neither a feed nor a list for players that can be read. */
export const readListing = (bytes: Uint8Array, called: Called, at: URL): Listing | undefined => {
  const text = documentText(bytes, called.contentType).replace(/^\ufeff/, '')
  const format = detectFormat(text, called)
  switch (format) {
    case undefined:
      return undefined
    case 'pls':
      return readPls(text, at)
    case 'references':
      return readReferences(text, at)
    case 'm3u':
      return readM3u(text, at, isCalledM3u(called))
    case 'asx':
    case 'xspf':
    case 'wpl':
      return readXmlList(text, format, at)
    case 'json':
      return isJsonFeed(text, called) ? readFeed(text, format, at) : undefined
    default:
      return readFeed(text, format, at)
  }
}
