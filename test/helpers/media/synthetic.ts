/** A prime, so that no part or chunk size is a multiple of it: bytes in the wrong order never look right. */
const period = 1_048_573

const block = ((): Buffer => {
  const bytes = Buffer.allocUnsafe(period)
  let state = 0x2545f491
  for (let index = 0; index < period; index++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0
    bytes[index] = state >>> 24
  }
  return bytes
})()

/** The first bytes that identify files of these extensions. */
const openings: Readonly<Record<string, Buffer>> = {
  mp4: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\x02\0isomiso2', 'latin1')]),
  mp3: Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'),
  webm: Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84]), Buffer.from('webm')])
}

/**
 * Bytes `start` up to (not including) `end` of the file that never ends, at most 64 KiB of them: a file is never in memory as a whole.
 * Another version of it has other bytes at each place but its opening.
 */
export const syntheticSlice = (extension: string, start: number, end: number, most = 65_536, version = 0): Buffer => {
  const offset = (start + version) % period
  const slice = block.subarray(offset, Math.min(period, offset + Math.min(most, end - start)))
  const opening = openings[extension] ?? Buffer.alloc(0)
  if (start >= opening.length) {
    return slice
  }
  const first = Buffer.from(slice)
  opening.copy(first, 0, start, Math.min(opening.length, start + first.length))
  return first
}

/** Bytes `start` up to (not including) `end`, in slices. */
export function* syntheticBytes(extension: string, start: number, end: number, most?: number, version?: number): Generator<Buffer, void, undefined> {
  for (let at = start; at < end;) {
    const slice = syntheticSlice(extension, at, end, most, version)
    yield slice
    at += slice.length
  }
}

/** The whole file of `size` bytes, for comparison. */
export const syntheticFile = (extension: string, size: number): Buffer => Buffer.concat([...syntheticBytes(extension, 0, size)])
