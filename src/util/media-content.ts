import {formatNamed, formatOfBytes, type MediaFormat} from './media-formats'

export interface MediaContent {
  readonly kind: 'media'
  readonly contentType: string
  readonly extension: string
}

/** What the first bytes of an answer are. */
export type Content = MediaContent | {readonly kind: 'page' | 'manifest' | 'empty' | 'other'}

/** What else speaks for the content: the header `Content-Type`, and a file name or path. */
export interface ContentHints {
  readonly contentType?: string
  readonly name?: string
}

/** So many first bytes tell every kind: a page may begin with comments, a container with tags. */
export const headBytes = 4096

const html = /^(?:\ufeff|\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|p|h1|table|iframe|br|a)\b/is
const manifest = /^(?:\ufeff|\s)*(?:#EXTM3U|(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:\w+:)?(?:MPD|SmoothStreamingMedia)\b)/is

const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const typeOf = (header: string): string => header.split(';', 1)[0]?.trim().toLowerCase() ?? ''

const looksLikeText = (text: string): boolean => /^\s*[<{[]/.test(text) || /^[\t\n\r\x20-\x7e]+$/.test(text)

/** `audio/webm` is as true of a WebM file as `video/webm`, and an MP4 without a picture is an M4A: the header knows which, the signature does not. */
const refined = (contentType: string, format: MediaFormat): Omit<MediaContent, 'kind'> => {
  const named = formatNamed(contentType)
  if (format.extension === 'mp4' && named?.extension === 'm4a') {
    return {contentType: named.contentType, extension: named.extension}
  }
  const isRefined = /^(?:audio|video)\//.test(contentType) && named === undefined && contentType.split('/')[1] === format.contentType.split('/')[1]
  return {contentType: isRefined ? contentType : format.contentType, extension: format.extension}
}

/** Files without a signature, such as raw streams, are believed what they are called as long as they are not text. */
const believed = (contentType: string, extension: string): Content => {
  const format = formatNamed(contentType) ?? formatNamed(extension)
  if (format !== undefined) {
    return {kind: 'media', contentType: format.contentType, extension: format.extension}
  }
  return /^(?:audio|video)\//.test(contentType) ? {kind: 'media', contentType, extension: extension || 'bin'} : {kind: 'other'}
}

/** Tells media from pages, manifests and the rest by the first bytes, and where these are silent by the hints. */
export const contentOf = (head: Uint8Array, {contentType: header = '', name = ''}: ContentHints = {}): Content => {
  const contentType = typeOf(header)
  const format = formatOfBytes(head)
  if (format !== undefined) {
    return {kind: 'media', ...refined(contentType, format)}
  }
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8')
  if (text === '') {
    return {kind: 'empty'}
  }
  if (manifest.test(text)) {
    return {kind: 'manifest'}
  }
  if (html.test(text) || /^(?:text\/html|application\/xhtml\+xml)$/.test(contentType)) {
    return {kind: 'page'}
  }
  return looksLikeText(text) ? {kind: 'other'} : believed(contentType, extensionOf(name))
}

/** Whether a path is called like a media file. */
export const isMediaName = (name: string): boolean => formatNamed(extensionOf(name)) !== undefined
