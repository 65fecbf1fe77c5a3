import type {MediaNs, PodcastNs, RssFeed} from 'feedsmith'
import type {ListedFile} from '../../../types/listing'
import {resolveAddresses} from './addresses'

type Bases = readonly string[]

const mediaContent = (content: MediaNs.Content, bases: Bases, isRendition?: true): ListedFile => {
  const {url, type, medium, isDefault, height, bitrate, fileSize: size} = content
  return {addresses: resolveAddresses(url, bases), type, medium, isDefault, height, bitrate, size, isRendition}
}

/** Media RSS: what is in a group is the same in several renditions. https://www.rssboard.org/media-rss */
export const mediaFiles = ({groups = [], contents = []}: MediaNs.ItemOrFeed = {}, bases: Bases): ListedFile[] => [
  ...groups.flatMap((group) => group.contents ?? []).map((content) => mediaContent(content, bases, true)),
  ...contents.map((content) => mediaContent(content, bases))
]

const isWeb = (address: string): boolean => /^https?:/.test(address)

/**
 * Podcasting 2.0: other renditions of the enclosure, each at several places.
 * https://podcasting2.org/docs/podcast-namespace/tags/alternate-enclosure
 */
const alternateFiles = ({alternateEnclosures = []}: PodcastNs.Item = {}, bases: Bases): ListedFile[] =>
  alternateEnclosures.map(({type, length: size, bitrate, height, default: isDefault, sources = []}) => ({
    addresses: sources.flatMap(({uri}) => resolveAddresses(uri, bases)).filter(isWeb),
    type, size, height, isDefault, bitrate: bitrate === undefined ? undefined : bitrate / 1000, isRendition: true
  }))

type Enclosures = Pick<RssFeed.Item<string>, 'enclosures' | 'podcast'>

/** The enclosures of an item; if others are alternatives to it, it is the one to take unless they say otherwise. */
export const enclosedFiles = ({enclosures = [], podcast}: Enclosures, bases: Bases): ListedFile[] => {
  const others = alternateFiles(podcast, bases)
  const isMain = others.length > 0 && others.every(({isDefault}) => isDefault !== true)
  return [
    ...enclosures.map(({url, type, length: size}) =>
      ({addresses: resolveAddresses(url, bases), type, size, ...(others.length > 0 && {isRendition: true, isDefault: isMain})})),
    ...others
  ]
}
