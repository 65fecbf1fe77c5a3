const marks: ReadonlyArray<readonly [mark: readonly number[], encoding: string]> = [
  [[0xef, 0xbb, 0xbf], 'utf-8'], [[0xff, 0xfe], 'utf-16le'], [[0xfe, 0xff], 'utf-16be']
]

const textIn = (bytes: Uint8Array, encoding: string | undefined, isCut: boolean): string | undefined => {
  try {
    return encoding === undefined ? undefined : new TextDecoder(encoding, {fatal: true}).decode(bytes, {stream: isCut})
  } catch {
    return undefined
  }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** UTF-16 without a mark shows in the zero byte of its first character, which is ASCII in all documents that we read. */
const detectUtf16 = ([first, second]: Uint8Array): string | undefined => {
  const [isLittle, isBig] = [second === 0 && first !== 0, first === 0 && second !== 0]
  return isLittle ? 'utf-16le' : isBig ? 'utf-16be' : undefined
}

const parseCharset = (contentType: string): string | undefined => /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1]

const declaredIn = (bytes: Uint8Array): string | undefined =>
  /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/i.exec(latin1(bytes.subarray(0, 256)))?.[1]

/**
 * The text of a document: by its byte order mark, else by the charset of `Content-Type`, else by its XML declaration (RFC 7303 3), else
 * UTF-8. What is not valid in that encoding is read in the next one, and last in windows-1252, which takes anything. If the document
 * `isCut`, its last character may be.
 */
export const documentText = (bytes: Uint8Array, contentType = '', isCut = false): string => {
  const mark = marks.find(([values]) => values.every((value, index) => bytes[index] === value))?.[1]
  for (const encoding of [mark, detectUtf16(bytes), parseCharset(contentType), declaredIn(bytes), 'utf-8']) {
    const text = textIn(bytes, encoding, isCut)
    if (text !== undefined) {
      return text
    }
  }
  return new TextDecoder('windows-1252').decode(bytes)
}
