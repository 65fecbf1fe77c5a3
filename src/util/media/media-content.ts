import {leadingTagBytes} from './leading-tags'
import type {FormatName, MediaFormat} from './media-format'
import {formatNamed, formatOfBytes, kindOfBytes} from './media-formats'
import {decodeText} from './text-content'

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
  /** The bytes follow tags that were left out, as sound has them in front. */
  readonly isTagged?: boolean
}

/** Number of leading bytes that identifies every kind: a page may begin with comments, a container with tags. */
export const headBytes = 4096

const html =
  /^(?:\ufeff|\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|p|h1|table|iframe|br|a)\b/is
const manifest = /^(?:\ufeff|\s)*(?:#EXTM3U|(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:\w+:)?(?:MPD|SmoothStreamingMedia)\b)/is

const readExtension = (name: string): string => /\.([a-z0-9+-]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const readMediaType = (header: string): string => header.split(';', 1)[0]?.trim().toLowerCase() ?? ''

const media = (
  {contentType, extension}: Pick<FormatName, 'contentType' | 'extension'>
): MediaContent => ({kind: 'media', contentType, extension})

interface Called {
  readonly contentType: string
  readonly extension: string
}

const isOfKind = (kind: 'audio' | 'video') => (type: string): boolean => type.startsWith(`${kind}/`)

/** Whether a container holds video or audio, as its bytes say, else its media type, else its extension. */
const findKind = (format: MediaFormat, head: Uint8Array, {contentType, extension}: Called): 'audio' | 'video' | undefined => {
  const said = [contentType, formatNamed(extension)?.contentType ?? '']
  return kindOfBytes(format, head)
    ?? said.map((type) => (['audio', 'video'] as const).find((kind) => isOfKind(kind)(type))).find((kind) => kind !== undefined)
}

/** What a shared signature is of: the name decides between the formats that have it. */
const sharedWith = ({shared}: MediaFormat, head: Uint8Array, {contentType, extension}: Called): FormatName | undefined => {
  const isShared = shared?.signature.test(Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1'))
  return isShared
    ? [contentType, extension].map(formatNamed).find((named) => named !== undefined && shared?.by.includes(named.extension))
    : undefined
}

/** `audio/webm` is as true of a WebM file as `video/webm`: what the container holds is in its bytes or in its name. */
const refined = (format: MediaFormat, head: Uint8Array, called: Called): MediaContent => {
  const {contentType} = called
  const shared = sharedWith(format, head, called)
  if (shared !== undefined) {
    return media(shared)
  }
  if (format.sound !== undefined) {
    return media(findKind(format, head, called) === 'audio' ? format.sound : format)
  }
  const isRefined = /^(?:audio|video)\//.test(contentType) && formatNamed(contentType) === undefined
    && contentType.split('/')[1] === format.contentType.split('/')[1]
  return media({contentType: isRefined ? contentType : format.contentType, extension: format.extension})
}

/** Lists of media have types of sound and video. */
const isListType = (contentType: string): boolean =>
  /^(?:audio|video|application)\/(?:x-)?(?:mpegurl|scpls|vnd\.apple\.mpegurl|ms-(?:asx|wax|wvx|wmx|wpl)|xspf\+xml)$/.test(contentType)

/** Formats without a signature (raw streams) are taken at their declared type unless the bytes are text. */
const believed = ({contentType, extension}: Called): Content => {
  const format = formatNamed(contentType) ?? formatNamed(extension)
  if (format !== undefined) {
    return media(format)
  }
  return /^(?:audio|video|image)\//.test(contentType) && !isListType(contentType)
    ? media({contentType, extension: extension || 'bin'})
    : {kind: 'other'}
}

/** What stands behind tags and has no signature: what it is called, if that is sound; else most likely MP3. */
const tagged = ({contentType, extension}: Called): MediaContent =>
  media([contentType, extension].map(formatNamed).find((format) => format !== undefined && isOfKind('audio')(format.contentType))
    ?? formatNamed('mp3')!)

const textContent = (text: string, contentType: string): Content => {
  if (manifest.test(text)) {
    return {kind: 'manifest'}
  }
  return {kind: html.test(text) || isPageType(contentType) ? 'page' : 'other'}
}

const isPageType = (contentType: string): boolean => /^(?:text\/html|application\/xhtml\+xml)$/.test(contentType)

/** Tells media from pages, manifests and the rest by the first bytes, and by the hints if these say nothing. */
export const detectContent = (bytes: Uint8Array, {contentType: header = '', name = '', isTagged = false}: ContentHints = {}): Content => {
  const called = {contentType: readMediaType(header), extension: readExtension(name)}
  const tags = isTagged ? 0 : leadingTagBytes(bytes)
  const head = bytes.subarray(tags)
  const format = formatOfBytes(head)
  if (format !== undefined) {
    return refined(format, head, called)
  }
  if (isTagged || tags > 0) {
    return tagged(called)
  }
  if (head.length === 0) {
    return {kind: 'empty'}
  }
  const text = decodeText(head)
  if (text !== undefined) {
    return textContent(text, called.contentType)
  }
  return isPageType(called.contentType) ? {kind: 'page'} : believed(called)
}

/** Whether a path is called like a media file. */
export const isMediaName = (name: string): boolean => formatNamed(readExtension(name)) !== undefined
