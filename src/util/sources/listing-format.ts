import type {FeedFormat} from '../../lib/vendor/Feed'
import type {XmlListFormat} from '../../lib/vendor/XmlList'
import {documentText} from './document-text'
import {readM3u} from './text-lists'

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

export const isCalledM3u = ({contentType = '', name = ''}: Called): boolean => /mpegurl/i.test(contentType) || /\.m3u8?$/i.test(name)

const markupFormat = (text: string, called: Called): Format | undefined => {
  const name = root.exec(text)?.[1]?.toLowerCase().replace(/^.*:/, '') ?? ''
  return name === 'smil' && isWpl(text, called) ? 'wpl' : Object.hasOwn(ofRoot, name) ? ofRoot[name] : undefined
}

export const isJsonFeed = (text: string, {contentType = ''}: Called): boolean =>
  /jsonfeed\.org\\?\/version/.test(text) || /\bfeed\+json/i.test(contentType)

/** What a document may be, by its beginning. */
export const detectFormat = (beginning: string, called: Called): Format | undefined => {
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
