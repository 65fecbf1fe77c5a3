import {type DirectOptions, type DirectSource, openDirect} from './direct-source'
import type {Wanted} from '../../lib/yt-dlp/presets'
import {isNamedError, NamedError} from '../errors'
import {type ListedMedia, listedMedia} from './listed-file'
import type {LookedAt} from './look'
import {mayBeListing} from './listing-format'
import {dispositionName, pathName, writtenTitle} from './source-name'
import {parseSourceUrl} from './source-url'

/** Larger documents are not read: parsing 4 MiB takes about half a second. */
const maxBytes = 4 * 1024 * 1024
/** Documents on the way to a file: a list may name another list, which names the file. */
const maxDocuments = 2
const maxAddresses = 5

const wholeBody = async ({body, answer: {finalUrl: {host}}}: DirectSource): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) {
      throw new NamedError(
        'UnsupportedSourceError', `${host} sent a feed or list of more than 4 MiB, which is not read. Use the link of one of its files.`
      )
    }
    // A chunk is valid until the next one is asked for.
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

const documentAt = async (url: URL, signal: AbortSignal | undefined): Promise<{readonly bytes: Buffer, readonly at: URL}> => {
  const source = await openDirect(url, {signal})
  try {
    return {bytes: await wholeBody(source), at: source.answer.finalUrl}
  } finally {
    source.close()
  }
}

/**
 * The one file that a feed or a list names which was looked at; undefined if it is neither. Reads the document once, the bytes of the look
 * included if they were all. Throws UnsupportedSourceError if it is too large, or names several files or none, and as `openDirect` does.
 */
export const listedBy = async (
  source: LookedAt, url: URL, {preset, signal}: Pick<Wanted, 'preset'> & Pick<DirectOptions, 'signal'>
): Promise<ListedMedia | undefined> => {
  const {content: {kind}, head, answer: {headers, finalUrl}} = source
  const called = {contentType: headers['content-type'], name: dispositionName(headers['content-disposition']) ?? pathName(finalUrl)}
  if (kind === 'media' || kind === 'empty' || !mayBeListing(head, called)) {
    return undefined
  }
  const {bytes, at} = source.isWhole ? {bytes: await wholeBody(source), at: finalUrl} : await documentAt(url, signal)
  // Few sources are lists, and what reads them is large.
  const {readListing} = await import('./read-listing')
  const listing = readListing(bytes, called, at)
  return listing && listedMedia(listing, at.host, preset)
}

interface Found {
  readonly title: string
  readonly mediaUrl?: string
}

type Look<T extends Found> = (url: URL) => Promise<T | ListedMedia>

/** A time that a source names is for all its addresses. */
const isFinal = (error: unknown): boolean =>
  !isNamedError(error) || error.category === 'rate-limited' || error.category === 'not-yet-available'

const behind = async <T extends Found>(
  listed: ListedMedia, host: string, look: Look<T>, signal: AbortSignal | undefined, documents: number
): Promise<T> => {
  if (documents > maxDocuments) {
    throw new NamedError('UnsupportedSourceError',
      `${host} sent a list that leads to another list, and that one to a further one. Use the link of the file itself.`)
  }
  let failure: unknown
  for (const address of listed.addresses.slice(0, maxAddresses)) {
    try {
      const url = parseSourceUrl(address)
      const found = await look(url)
      return 'addresses' in found
        ? await behind({...found, title: found.title ?? listed.title}, url.host, look, signal, documents + 1)
        : {...found, mediaUrl: url.href, title: writtenTitle(listed.title) ?? found.title}
    } catch (error) {
      signal?.throwIfAborted()
      if (isFinal(error)) {
        throw error
      }
      failure ??= error
    }
  }
  throw failure
}

/**
 * What the media is that a document names: its addresses are looked at in turn, under the rules for those that users give. Throws what the
 * first address was refused with, and UnsupportedSourceError if lists lead to lists.
 */
export const mediaBehind = <T extends Found>(listed: ListedMedia, host: string, look: Look<T>, signal?: AbortSignal): Promise<T> =>
  behind(listed, host, look, signal, 1)
