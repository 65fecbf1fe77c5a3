interface Parameter {
  readonly name: string
  readonly value: string
}

/** Header values come as Latin-1; many servers send UTF-8 nevertheless. */
const readable = (header: string): string => {
  const bytes = Buffer.from(header, 'latin1')
  return asText(bytes, 'utf-8') ?? asText(bytes, 'windows-1252') ?? header
}

const asText = (bytes: Uint8Array, charset: string): string | undefined => {
  try {
    return new TextDecoder(charset, {fatal: true}).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes that `%XX` stand for; what is no such escape stands for itself. */
const unescaped = (text: string): Buffer =>
  Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16))), 'latin1')

/**
 * The parameters of a header as lenient readers have them: a value continues to the next semicolon outside quotes, blanks within it
 * included, and a quote that no one closes continues to the end.
 */
const parseParameters = (header: string): Parameter[] =>
  [...header.matchAll(/;\s*([^\s=;"]+\s*\*?)\s*=\s*("(?:[^"\\]|\\.)*(?:"[^;]*|$)|[^;]*)/gs)].map(
    ([, name = '', value = '']) => ({name: name.replace(/\s/g, '').toLowerCase(), value: unquoted(value.trim())})
  )

const unquoted = (value: string): string => {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"?/s.exec(value) ?? []
  return quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1')
}

/**
 * `charset'language'value`: https://www.rfc-editor.org/rfc/rfc8187. Undefined if its charset does not exist, or the bytes are not in it.
 */
const decodeExtended = (value: string): string | undefined => {
  const [, charset = '', escaped = ''] = /^([^']*)'[^']*'(.*)$/s.exec(value) ?? []
  return charset === '' || /[^\x20-\x7e]/.test(escaped) ? undefined : asText(unescaped(escaped), charset)
}

const quotedPrintable = (text: string): Buffer =>
  unescaped(text.replaceAll('_', ' ').replace(/%/g, '%25').replace(/=([0-9a-f]{2})/gi, '%$1'))

/** https://www.rfc-editor.org/rfc/rfc2047: blanks between two encoded words are not part of the text. */
const encodedWords = (text: string): string | undefined => {
  let isKnown = true
  const plain = text.replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([\w.:-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi, (_word, charset: string, coding: string, content: string) => {
      const word = asText(coding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedPrintable(content), charset)
      isKnown &&= word !== undefined
      return word ?? ''
    })
  return isKnown && plain !== text ? plain : undefined
}

/** Percent signs are no escapes here by the RFC, but servers mean them so, and browsers read them so if UTF-8 comes out. */
const decodePlain = (value: string): string => encodedWords(value)
  ?? (/%[0-9a-f]{2}/i.test(value) && !/[^\x20-\x7e]/.test(value) ? asText(unescaped(value), 'utf-8') : undefined) ?? readable(value)

const findFirst = (parameters: readonly Parameter[], wanted: string, read: (value: string) => string | undefined): string | undefined => {
  for (const {name, value} of parameters) {
    const text = name === wanted && value !== '' ? read(value) : undefined
    if (text !== undefined && text !== '') {
      return text
    }
  }
  return undefined
}

/** What an extended value says in a charset that it is not in: better than nothing. */
const readRaw = (value: string): string | undefined => /^[^']*'[^']*'(.*)$/s.exec(value)?.[1]

/**
 * The file name in a `Content-Disposition`, read as leniently as Chromium reads it and decoded once, with its path; undefined if there is
 * none.
 */
export const fileNameIn = (header: string): string | undefined => {
  // A header that begins with the parameter has no disposition, which is forgiven.
  const parameters = parseParameters(/^\s*[\w*-]+\s*=/.test(header) ? `;${header}` : header)
  return findFirst(parameters, 'filename*', decodeExtended) ?? findFirst(parameters, 'filename', decodePlain)
    ?? findFirst(parameters, 'filename*', readRaw)
}
