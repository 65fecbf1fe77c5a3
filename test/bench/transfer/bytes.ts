/** A prime, so that no part or chunk size is a multiple of it: bytes in the wrong order never look right. */
export const period = 1_048_573

/** The bytes of every file of the benchmark, over and over, after its opening. */
export const block = ((): Buffer => {
  const bytes = Buffer.allocUnsafe(period)
  let state = 0x2545f491
  for (let index = 0; index < period; index++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0
    bytes[index] = state >>> 24
  }
  return bytes
})()

/** What identifies an MP4 file. */
const opening = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\x02\0isomiso2', 'latin1')])
const first = Buffer.concat([opening, block.subarray(opening.length)])

/** Bytes from `start` on, up to `end` (exclusive) at most: as many as lie in one piece. */
export const slice = (start: number, end: number): Buffer => {
  const offset = start % period
  return (start < period ? first : block).subarray(offset, Math.min(period, offset + end - start))
}

/** All bytes from `start` up to `end` (exclusive), in pieces. */
export function* slices(start: number, end: number): Generator<Buffer, void, undefined> {
  for (let at = start; at < end;) {
    const bytes = slice(at, end)
    yield bytes
    at += bytes.length
  }
}
