import {decodeHTML} from 'entities'
import {type AtomFeed, type JsonFeed, parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed, type RssFeed} from 'feedsmith'
import type {ListedFile, ListedItem, Listing} from '../../types/listing'
import {resolveAddresses, xmlBase} from './lists/addresses'
import {enclosedFiles, mediaFiles} from './lists/feed-files'

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json'

// No one asks a feed for its dates here; as they stand they cost nothing.
const options = {parseDateFn: (text: string): string => text}

/** For people: what a publisher has escaped twice is decoded once more, and markup goes where the format says that there is some. */
const plain = (text: string | undefined, isMarkup = false): string | undefined =>
  text === undefined ? undefined : decodeHTML(isMarkup ? text.replace(/<[^<>]{0,500}>/g, '') : text)

/** Places from which an item's addresses may be meant: what `xml:base` says, else the page, else the feed. */
const listBases = (at: URL, link: string | undefined, ...bases: ReadonlyArray<string | undefined>): string[] => {
  const base = xmlBase(at, ...bases)
  return base === undefined ? [...resolveAddresses(link, [at.href]), at.href] : [base]
}

const rssItems = (text: string, at: URL): ListedItem[] => {
  const {items = [], link, xml} = parseRssFeed(text, options)
  return items.map((item) => {
    const bases = listBases(at, link, xml?.base, item.xml?.base)
    const {guid, title = item.media?.title?.value ?? item.itunes?.title} = item
    return {
      id: guid?.value, title: plain(title), page: resolveAddresses(findPage(item), bases)[0],
      files: [...enclosedFiles(item, bases), ...mediaFiles(item.media, bases), ...linkedFiles(item.atom?.links, bases)]
    }
  })
}

const findPage = ({link, guid, media}: RssFeed.Item<string>): string | undefined =>
  link ?? (guid?.isPermaLink !== false && /^https?:/.test(guid?.value ?? '') ? guid?.value : media?.player?.url)

const linkedFiles = (links: AtomFeed.Entry<string>['links'] = [], bases: readonly string[]): ListedFile[] =>
  links.filter(({rel}) => rel?.toLowerCase() === 'enclosure')
    .map(({href, type, length: size, title}) => ({addresses: resolveAddresses(href, bases), type, size, title}))

const atomItems = (text: string, at: URL): ListedItem[] => {
  const {entries = [], xml} = parseAtomFeed(text, options)
  return entries.map(({id, title, links = [], content, media, xml: own}) => {
    const bases = [xmlBase(at, xml?.base, own?.base) ?? at.href]
    const page = links.find(({rel = 'alternate'}) => rel === 'alternate')?.href
    const inline = content?.src === undefined ? [] : [{addresses: resolveAddresses(content.src, bases), type: content.type}]
    return {
      id, page: resolveAddresses(page, bases)[0],
      title: plain(title?.value ?? media?.title?.value, title?.type === 'html' || title?.type === 'xhtml'),
      files: [...linkedFiles(links, bases), ...inline, ...mediaFiles(media, bases)]
    }
  })
}

const rdfItems = (text: string, at: URL): ListedItem[] => {
  const {items = [], link} = parseRdfFeed(text, options)
  const bases = listBases(at, link)
  return items.map((item) => ({
    id: item.rdf?.about, title: plain(item.title ?? item.media?.title?.value), page: resolveAddresses(item.link, bases)[0],
    files: mediaFiles(item.media, bases)
  }))
}

/** Attachments under the same title are the same in several renditions: https://www.jsonfeed.org/version/1.1/ */
const attachedFiles = (attachments: NonNullable<JsonFeed.Item<string>['attachments']>, at: URL): ListedFile[] =>
  attachments.map(({url, mime_type: type, title, size_in_bytes: size}, index) => ({
    addresses: resolveAddresses(url, [at.href]), type, title, size,
    isRendition: title !== undefined && attachments.some((other, place) => place !== index && other.title === title)
  }))

const jsonItems = (text: string, at: URL): ListedItem[] => {
  const {items = []} = parseJsonFeed(text, options)
  return items.map(({id, title, url, external_url: external, attachments = []}) =>
    ({id, title, page: resolveAddresses(url ?? external, [at.href])[0], files: attachedFiles(attachments, at)}))
}

type Reader = (text: string, at: URL) => ListedItem[]

const readers: Readonly<Record<FeedFormat, Reader>> = {rss: rssItems, atom: atomItems, rdf: rdfItems, json: jsonItems}

/**
 * What a feed lists, read by feedsmith; addresses are resolved against the feed's own, `at`. Undefined if it cannot be read as one of this
 * format.
 */
export const readFeed = (text: string, format: FeedFormat, at: URL): Listing | undefined => {
  try {
    return {kind: 'feed', items: readers[format](text, at)}
  } catch {
    return undefined
  }
}
