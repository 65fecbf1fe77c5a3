const byteOrderMarks: ReadonlyArray<readonly [mark: readonly number[], encoding: string]> = [
  [[0xef, 0xbb, 0xbf], 'utf-8'], [[0xff, 0xfe], 'utf-16le'], [[0xfe, 0xff], 'utf-16be']
]

/** As text, or undefined if the bytes are not text in that encoding; a character that the end cuts is left out. */
const decoded = (head: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(head, {stream: true})
  } catch {
    return undefined
  }
}

/** Files have control characters everywhere, text has hardly any. */
const isReadable = (text: string | undefined): text is string =>
  text !== undefined && (text.match(/[\0-\x06\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0) * 50 <= text.length && !text.includes('\0')

/** UTF-16 without a byte order mark: markup and names are of characters that have a zero byte each. */
const detectUtf16 = (head: Uint8Array): string | undefined => {
  for (const [encoding, zeros] of [['utf-16le', 1], ['utf-16be', 0]] as const) {
    const first = head.subarray(0, 64).filter((_byte, index) => index % 2 === zeros)
    const text = first.length > 0 && first.every((byte) => byte === 0) ? decoded(head, encoding) : undefined
    if (isReadable(text)) {
      return text
    }
  }
  return undefined
}

/**
 * First bytes as text, or undefined if they are not: valid UTF-8 without NULs, or UTF-16. XML, pages and lists in an older encoding count
 * too, as far as their markup goes: it is ASCII in all of them.
 */
export const decodeText = (head: Uint8Array): string | undefined => {
  const [mark, encoding] = byteOrderMarks.find(([bytes]) => bytes.every((byte, index) => head[index] === byte)) ?? [[], undefined]
  if (encoding !== undefined) {
    const text = decoded(head.subarray(mark.length), encoding)
    return isReadable(text) ? text : undefined
  }
  if (head.includes(0)) {
    return detectUtf16(head)
  }
  const text = decoded(head, 'utf-8')
  if (text !== undefined) {
    return isReadable(text) ? text : undefined
  }
  const older = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  return /^\s*(?:<(?:\?\w+\s|!doctype\s|!--|(?:html|rss|feed|rdf:rdf|asx|playlist|smil)\b)|#EXT|\[(?:playlist|reference)\])/i.test(older)
    && isReadable(older)
    ? older
    : undefined
}
