import {readFeed} from '../../lib/vendor/Feed'
import {readXmlList} from '../../lib/vendor/XmlList'
import type {Listing} from '../../types/listing'
import {documentText} from './document-text'
import {type Called, detectFormat, isCalledM3u, isJsonFeed} from './listing-format'
import {readM3u, readPls, readReferences} from './text-lists'

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
