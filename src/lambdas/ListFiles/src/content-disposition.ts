import {attachment} from '../../../lib/vendor/ContentDisposition'

const maxCharacters = 120

// Control characters, broken surrogates and direction marks; what file systems and paths forbid becomes a space.
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu
const forbidden = /[/\\:*?"<>|]/g

const toFileName = (title: string): string => {
  const characters = [...title.replace(unprintable, ' ').replace(forbidden, ' ').replace(/\s+/g, ' ')]
  return characters.slice(0, maxCharacters).join('').replace(/^[\s.]+|[\s.]+$/g, '')
}

/**
 * A `Content-Disposition` that saves a file under its title: plain ASCII for old clients, UTF-8 for all others (RFC 6266).
 * `fallback` names the file if the title has nothing that a file name may have.
 */
export const attachmentNamed = (title: string, fallback: string, extension: string): string => {
  const base = toFileName(title) || fallback
  const name = base.toLowerCase().endsWith(`.${extension.toLowerCase()}`) ? base : `${base}.${extension}`
  const ascii = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7e]/gu, '_')
  return attachment(name, ascii)
}
