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

const isNamed = (name: string) => ({extension, contentType, aliases = []}: FormatName): boolean =>
  extension === name || contentType === name || aliases.includes(name)

/** The format that an extension or a media type stands for. */
export const formatNamed = (name: string): FormatName | undefined => {
  for (const format of mediaFormats) {
    const found = [format, ...format.sound === undefined ? [] : [format.sound]].find(isNamed(name))
    if (found !== undefined) {
      return found
    }
  }
  return undefined
}

/** Whether first bytes of a format say that it holds a picture, or sound alone; undefined if they do not say. */
export const kindOfBytes = (format: MediaFormat, head: Uint8Array): 'video' | 'audio' | undefined =>
  format.streams === undefined ? undefined : kindOfStreams(format.streams, latin1(head))
