import {fileNameIn} from './disposition-name'
import {formatNamed} from '../media/media-formats'

const maxLength = 300

/** Lists of media, which are called like media. */
const playlists = new Set(['m3u8', 'm3u', 'mpd', 'ism', 'ismc', 'f4m', 'pls', 'xspf', 'asx', 'smil'])

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * File name of a `Content-Disposition`, without a path and without dots and blanks at its end, as browsers save it; undefined if there is
 * none.
 */
export const dispositionName = (header: string | undefined): string | undefined =>
  fileNameIn((header ?? '').replaceAll('\t', ' '))?.replace(/^.*[\\/]/s, '').replace(/[\s.]+$/, '').trimStart()
    .replace(/[\0-\x1f\x7f]/g, '_') || undefined

/** Last segment of a URL's path, decoded; empty if there is none. */
export const pathName = (url: URL): string => decoded(url.pathname.split('/').filter(Boolean).at(-1) ?? '')

/** Without the extension of media: what else follows a dot, such as the day of a date or the number of a volume, is part of the title. */
const withoutExtension = (name: string): string => {
  const [whole = '', extension = ''] = /\.([a-z0-9+-]{1,8})$/i.exec(name) ?? []
  const lower = extension.toLowerCase()
  return formatNamed(lower) !== undefined || playlists.has(lower) ? name.slice(0, -whole.length) : name
}

// Joiners shape the letters of Persian and of Indic scripts, and join emoji; tags make flags. All else that no one sees goes.
const invisible = /[\u00ad\u200b\u2060\ufeff]/g
const unprintable = /(?![\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}]+/gu

/** Without characters that no one sees. */
const legible = (text: string): string => text.replace(invisible, '').replace(unprintable, ' ').trim()

const cut = (text: string): string => [...text].slice(0, maxLength).join('')

/**
 * A title as someone wrote it, in one line, for people: without control characters, of at most 300 characters; undefined if nothing is
 * left.
 */
export const writtenTitle = (text: string | undefined): string | undefined =>
  cut(legible((text ?? '').replace(/\s+/g, ' '))) || undefined

/** A title for people: a file name without the extension of media and without control characters, of at most 300 characters. */
export const titleOf = (name: string | undefined, url: URL): string => {
  const title = legible(withoutExtension(name ?? pathName(url))).replace(/[_+]+/g, ' ').trim()
  return cut(title || url.hostname)
}
