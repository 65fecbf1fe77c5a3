import type {Preset} from '../../types/domain'
import type {ListedFile, ListedItem, Listing} from '../../types/listing'
import {NamedError} from '../errors'
import {formatNamed} from '../media/media-formats'

/** What a document leads to: addresses to try in turn, and what it is called there. */
export interface ListedMedia {
  readonly addresses: readonly string[]
  readonly title?: string | undefined
}

type Kind = 'video' | 'audio' | 'image' | 'unknown' | 'none'

const kinds = ['video', 'audio', 'image'] as const
const readExtension = (address = ''): string => /\.([a-z0-9]{1,8})(?:[?#]|$)/i.exec(address)?.[1]?.toLowerCase() ?? ''

/** What belongs to an item beside its media: text, subtitles, documents, torrents, old players. */
const isBeside = ({medium, type = ''}: ListedFile): boolean => medium === 'document' || medium === 'executable'
  || /^(?:text\/(?!html)|application\/(?:pdf|zip|json|xml|epub|x-bittorrent|x-shockwave-flash|x-subrip|ttml|msword|vnd\.ms-(?!wpl|asf)))/i.test(
    type
  )

/** By what the author says; the address decides if that says nothing, or no more than that it is a file. */
const findKind = (file: ListedFile): Kind => {
  const {medium = '', type = '', addresses: [address]} = file
  if (isBeside(file)) {
    return 'none'
  }
  const named = formatNamed(type.toLowerCase().split(';', 1)[0]?.trim() ?? '') ?? formatNamed(readExtension(address))
  const said = [medium, type, named?.contentType ?? ''].map((each) => kinds.find((kind) => each.toLowerCase().startsWith(kind)))
  return said.find((kind) => kind !== undefined) ?? 'unknown'
}

const defined = (file: ListedFile): Partial<ListedFile> =>
  Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined))

/** One file for each address, with all that is said of it. */
const distinct = (files: readonly ListedFile[]): ListedFile[] => {
  const byAddress = new Map<string, ListedFile>()
  for (const file of files) {
    const [address] = file.addresses
    const known = address === undefined ? undefined : byAddress.get(address)
    if (address !== undefined) {
      byAddress.set(address, {...known, ...defined(file), addresses: known?.addresses ?? file.addresses})
    }
  }
  return [...byAddress.values()]
}

/** The files that an item is about: pictures beside video or sound only illustrate it. */
const selectFiles = ({files}: ListedItem): ListedFile[] => {
  const usable = distinct(files).map((file) => ({file, kind: findKind(file)})).filter(({kind}) => kind !== 'none')
  const media = usable.filter(({kind}) => kind === 'video' || kind === 'audio')
  const others = usable.filter(({kind}) => kind !== 'image')
  return ([media, others].find((each) => each.length > 0) ?? usable).map(({file}) => file)
}

const baseName = (address = ''): string => URL.parse(address)?.pathname.split('/').at(-1)?.replace(/\.[^.]*$/, '') ?? ''

/** Whether an item's files are the same in several renditions, as far as its author says so or their types and names show it. */
const areRenditions = (files: readonly ListedFile[]): boolean =>
  (files.some(({isRendition}) => isRendition) && new Set(files.map(({title}) => title)).size === 1)
  || new Set(files.map(({type, addresses: [address]}) => type ?? readExtension(address))).size === files.length
  || new Set(files.map(({addresses: [address]}) => baseName(address))).size === 1

/** Lines of picture that a preset takes at most. */
const maxLines = (preset: Preset | undefined): number => Number(/^(\d+)p$/.exec(preset ?? '')?.[1] ?? Infinity)

/**
 * The higher, the better, the first difference counts: what was asked for, what the author chose, what plays everywhere, and the quality.
 */
const scoreFile = (file: ListedFile, preset: Preset | undefined): number[] => {
  const {type = '', addresses: [address], isDefault = false, height = 0, bitrate = 0, size = 0} = file
  const isWanted = findKind(file) === (preset?.startsWith('audio') ? 'audio' : 'video')
  const isPlain = /mp4|m4a|^audio\/(?:mpeg|mp3)/i.test(type) || /^(?:mp4|m4v|m4a|mp3)$/.test(readExtension(address))
  const isSmall = height <= maxLines(preset)
  return [
    Number(isWanted && preset?.startsWith('audio') === true),
    Number(isSmall), isSmall ? 0 : -height, Number(isDefault), Number(isWanted), Number(isPlain), height, bitrate, size
  ]
}

const best = (files: readonly ListedFile[], preset: Preset | undefined): ListedFile | undefined => files.toSorted((one, other) => {
  const [mine, theirs] = [scoreFile(one, preset), scoreFile(other, preset)]
  const at = mine.findIndex((score, index) => score !== theirs[index])
  return at < 0 ? 0 : (theirs[at] ?? 0) - (mine[at] ?? 0)
})[0]

const refusal = (text: string): NamedError => new NamedError('UnsupportedSourceError', text)

interface Found {
  readonly item: ListedItem
  readonly files: readonly ListedFile[]
}

/** Items that have files. Ids are no proof, as some feeds give all items the same: an item is listed twice if its files are. */
const itemsWithFiles = (items: readonly ListedItem[]): Found[] => {
  const found = items.map((item): [string, Found] => {
    const files = selectFiles(item)
    return [files.map(({addresses: [address]}) => address).join(' '), {item, files}]
  })
  return [...new Map(found.filter(([key]) => key !== '').toReversed()).values()].toReversed()
}

/** What is left of a document without files: the page of its one item. */
const onlyPage = ({kind, items}: Listing, host: string): ListedMedia => {
  const pages = items.filter(({page}) => page !== undefined)
  const [only] = pages
  if (only?.page === undefined) {
    throw refusal(
      `${host} sent a ${kind} without a video, sound or picture in it. Use the link of the file itself, or of a page that plays it.`
    )
  }
  if (pages.length > 1) {
    throw refusal(`${host} sent a ${kind} of ${pages.length} pages. Ask for one of them by its own link.`)
  }
  return {addresses: [only.page], title: only.title}
}

/**
 * The one file that a document lists, in the rendition that a preset wants, or the page of its one item. Throws UnsupportedSourceError if
 * there are several files, or none.
 */
export const listedMedia = (listing: Listing, host: string, preset?: Preset): ListedMedia => {
  const found = itemsWithFiles(listing.items)
  const [only] = found
  if (only === undefined) {
    return onlyPage(listing, host)
  }
  const count = found.length > 1 ? found.length : areRenditions(only.files) ? 1 : only.files.length
  if (count > 1) {
    throw refusal(`${host} sent a ${listing.kind} of ${count} files. Ask for one of them by its own link.`)
  }
  return {addresses: best(only.files, preset)?.addresses ?? [], title: only.item.title}
}
