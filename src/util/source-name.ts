const maxLength = 300

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Header values come as Latin-1; many servers send UTF-8 nevertheless. */
const readable = (header: string): string => {
  const text = Buffer.from(header, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? header : text
}

/** File name of a `Content-Disposition` (RFC 6266), or undefined. */
export const dispositionName = (header: string | undefined): string | undefined => {
  const extended = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header ?? '')?.[1]
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? '') ?? []
  const name = extended === undefined ? quoted?.replace(/\\(.)/g, '$1') ?? bare : decoded(extended)
  return name === undefined ? undefined : readable(name).replace(/^.*[\\/]/, '').trim() || undefined
}

/** Last segment of a URL's path, decoded; empty where there is none. */
export const pathName = (url: URL): string => decoded(url.pathname.split('/').filter(Boolean).at(-1) ?? '')

/** A title for people: a file name without extension and control characters, of at most 300 characters. */
export const titleOf = (name: string | undefined, url: URL): string => {
  const title = (name ?? pathName(url)).replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replace(/[_+]+/g, ' ').trim()
  return [...(title || url.hostname)].slice(0, maxLength).join('')
}
