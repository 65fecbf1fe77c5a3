/** Buffers that wait for their next use. Left to the collector, those of a few parts would pile up before it runs. */
const spare: Buffer[] = []
const most = 4

/** A buffer of at least so many bytes, with whatever was in it. */
export const borrowBuffer = (bytes: number): Buffer => {
  const index = spare.findIndex(({length}) => length >= bytes)
  return spare.splice(index, index === -1 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(bytes)
}

/** Takes a borrowed buffer back, once nobody reads or writes it any more. */
export const returnBuffer = (buffer: Buffer): void => {
  spare.unshift(buffer)
  spare.length = Math.min(spare.length, most)
}
