import {type FormatName, kindOfStreams, type MediaFormat} from './media-format'
import {pictureFormats} from './picture-formats'
import {soundFormats} from './sound-formats'
import {videoFormats} from './video-formats'

/** In order: the first signature that fits is the format. https://www.iana.org/assignments/media-types */
export const mediaFormats: readonly MediaFormat[] = [...videoFormats, ...soundFormats, ...pictureFormats]

const latin1 = (head: Uint8Array): string => Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')

/** The format whose signature the first bytes have. */
export const formatOfBytes = (head: Uint8Array): MediaFormat | undefined => {
  const text = latin1(head)
  return mediaFormats.find(({signature}) => signature?.test(text))
}

const listNames = ({extension, contentType, aliases = []}: FormatName): readonly string[] => [extension, contentType, ...aliases]

/** By each of their names; the first that has a name keeps it. */
const named = new Map<string, FormatName>(mediaFormats.toReversed().flatMap((format) =>
  [...format.sound === undefined ? [] : [format.sound], format].flatMap(
    (each) => listNames(each).map((name): [string, FormatName] => [name, each])
  )))

/** The format that an extension or a media type stands for. */
export const formatNamed = (name: string): FormatName | undefined => named.get(name)

/** How the container of an extension is called if it holds sound alone. */
export const soundNamed = (name: string): FormatName | undefined =>
  mediaFormats.find((format) => listNames(format).includes(name))?.sound ?? formatNamed(name)

/** Whether first bytes of a format say that it holds a picture, or sound alone; undefined if they do not say. */
export const kindOfBytes = (format: MediaFormat, head: Uint8Array): 'video' | 'audio' | undefined =>
  format.streams === undefined ? undefined : kindOfStreams(format.streams, latin1(head))
