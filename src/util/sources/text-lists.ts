import type {ListedItem, Listing} from '../../types/listing'

const parseAddresses = (text: string, at: URL): string[] => {
  const url = URL.parse(text.trim(), at)
  return url === null ? [] : [url.href]
}

const toListing = (items: readonly ListedItem[]): Listing => ({kind: 'list', items})

/** Values by number, of keys such as `File1`. */
const numbered = (text: string, key: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(new RegExp(`^[ \\t]*${key}(\\d+)[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'gim'))].map(
    ([, number = '', value = '']) => [number, value]
  ))

/** https://en.wikipedia.org/wiki/PLS_(file_format) */
export const readPls = (text: string, at: URL): Listing => {
  const titles = numbered(text, 'Title')
  return toListing([...numbered(text, 'File')].filter(([, file]) => file !== '').map(([number, file]) =>
    ({title: titles.get(number) || undefined, files: [{addresses: parseAddresses(file, at)}]})))
}

/** What Windows Media servers send for ASX: each reference is another way to the same. */
export const readReferences = (text: string, at: URL): Listing => {
  const addresses = [...numbered(text, 'Ref').values()].flatMap((address) => parseAddresses(address, at))
  return toListing(addresses.length === 0 ? [] : [{files: [{addresses}]}])
}

/** The text behind `#EXTINF:123 key="a,b",`. */
const titleIn = (line: string): string | undefined => /^#EXTINF:(?:"[^"]*"|[^",])*,(.*)$/i.exec(line)?.[1]?.trim() || undefined

const segment = /\.(?:ts|aac|m4s|m4v|cmfv|cmfa|vtt)(?:[?#]|$)/i

/** HLS has tags of its own; without any, several pieces of streams are still no list of files for people. */
const isStream = (text: string, entries: readonly string[]): boolean =>
  /^#EXT-X-/im.test(text) || (entries.length > 1 && entries.every((entry) => segment.test(entry)))

/**
 * M3U, or lines of addresses; undefined for a playlist of HLS, and for text that is no list. `isCalledM3u` says whether the document has
 * the media type or name of such a list, so that anything in its lines is an address.
 */
export const readM3u = (text: string, at: URL, isCalledM3u: boolean): Listing | undefined => {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '')
  const entries = lines.filter((line) => !line.startsWith('#'))
  const isM3u =
    isCalledM3u || /^#EXT(?:M3U|INF)/im.test(text) || (entries.length > 0 && entries.every((entry) => /^https?:\/\/\S+$/i.test(entry)))
  if (!isM3u || isStream(text, entries)) {
    return undefined
  }
  return toListing(lines.flatMap(
    (line, index) => line.startsWith('#') ? [] : [{title: titleIn(lines[index - 1] ?? ''), files: [{addresses: parseAddresses(line, at)}]}]
  ))
}
