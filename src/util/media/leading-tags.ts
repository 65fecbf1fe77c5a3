/** Bytes that suffice to see how long a tag is. */
const headerBytes = 32
/** No one writes more; a file that continues for ever is not to be followed. */
const maxTags = 8

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** https://id3.org/id3v2.4.0-structure: four bytes of seven bits, and ten bytes of footer if a flag says so. */
const id3Length = (header: string): number => {
  const [, flags = '', size = ''] = /^ID3[\x02-\x04][\0-\xfe](.)([\0-\x7f]{4})/s.exec(header) ?? []
  if (size === '') {
    return 0
  }
  const content = [...size].reduce((sum, byte) => sum * 128 + byte.charCodeAt(0), 0)
  return 10 + content + ((flags.charCodeAt(0) & 0x10) === 0 ? 0 : 10)
}

/** https://wiki.hydrogenaudio.org/index.php?title=APE_Tags_Header: the size is of all but this header. */
const apeLength = (header: string): number => header.startsWith('APETAGEX') && header.length >= headerBytes
  ? headerBytes + Buffer.from(header.slice(12, 16), 'latin1').readUInt32LE()
  : 0

/** Where the sound begins behind the tags in front of it, ID3v2 and APEv2; 0 if there are none. May lie beyond the bytes that are given. */
export const leadingTagBytes = (head: Uint8Array): number => {
  let at = 0
  for (let tags = 0; tags < maxTags && at < head.length; tags++) {
    const header = latin1(head.subarray(at, at + headerBytes))
    const length = id3Length(header) || apeLength(header)
    if (length === 0) {
      break
    }
    at += length
  }
  return at
}
